/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_RESAMPLE_PERMUTATION_H
#define MODELS_RESAMPLE_PERMUTATION_H

#include <stddef.h>
#include <stdint.h>

#include "models/base/arena.h"

/* Tests of independence by permutation: any statistic of n exchangeable observations
   whose one part is dealt out anew to the other. */

enum { PERMUTATIONS = 9999 }; /* where options say 0 */

struct permutation_options {
    size_t permutations; /* 0: PERMUTATIONS */
    size_t threads;      /* 0: one per processor; no figure depends on it */
    uint64_t seed;
    double tolerance; /* values of T so near are equal: tables that are the same but for the
                         order of a sum are not more or less extreme than each other */
};

struct permutation_result {
    double statistic;    /* of the observations as they are */
    size_t permutations; /* random ones */
    size_t as_extreme;   /* of them, with |T*| >= |T| */
    double p_value;      /* (1 + as_extreme) / (permutations + 1); NaN where T is NaN */
};

/* statistic(place, context, scratch): T when observation i has the part of observation
   place[i]; a NaN counts as no more extreme.  Called from several threads at once, each
   with a scratch of its own.

   Permutation j is drawn from rng_stream(seed, j), by Fisher and Yates's shuffle.  The
   observed order counts as one of the permutations, so that p is never zero and the test
   keeps its level (Phipson & Smyth 2010, Statist. Appl. Genet. Mol. Biol. 9, art. 39). */
void permutation_test(double (*statistic)(const uint32_t *place, const void *context,
                                          struct arena *scratch),
                      const void *context, size_t n, const struct permutation_options *options,
                      struct permutation_result *result, struct arena *scratch);

/* A random permutation of 0..n-1: number `task` of the seed's. */
void permutation_draw(uint64_t seed, uint64_t task, size_t n, uint32_t *place,
                      struct arena *scratch);

#endif
