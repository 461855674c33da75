/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_BASE_RNG_H
#define MODELS_BASE_RNG_H

#include <stdint.h>

#include <gsl/gsl_rng.h>

#include "models/base/arena.h"

/* A random stream of its own for one task (a cell, a replicate): equal seed and
   task give equal numbers whatever thread runs it.  xoshiro256** (Blackman &
   Vigna 2021, ACM TOMS 47(4)) started by SplitMix64, as a GSL generator, so
   that gsl_ran_* draws from it.  Lives in `keep`: never gsl_rng_free() it. */
gsl_rng *rng_stream(uint64_t seed, uint64_t task, struct arena *keep);

/* Uniform on 0..n-1, without modulo bias; n > 0. */
uint64_t rng_below(gsl_rng *rng, uint64_t n);

/* The next n words of 32 bits, two from each draw: for loops where a call each would count. */
void rng_words(gsl_rng *rng, uint32_t *words, size_t n);

/* A 64-bit mix of two numbers, to name streams within streams. */
uint64_t rng_mix(uint64_t a, uint64_t b);

#endif
