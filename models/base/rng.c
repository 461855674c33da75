/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/base/rng.h"

struct xoshiro {
    uint64_t s[4];
};

static uint64_t rotate(uint64_t x, int k)
{
    return (x << k) | (x >> (64 - k));
}

static uint64_t splitmix(uint64_t *x)
{
    uint64_t z = *x += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static uint64_t next(struct xoshiro *x)
{
    uint64_t *s = x->s, result = rotate(s[1] * 5, 7) * 9, t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return result;
}

static unsigned long int get(void *state)
{
    return next(state) >> 32;
}

static double get_double(void *state)
{
    return (double)(next(state) >> 11) * 0x1p-53;
}

static void set(void *state, unsigned long int seed)
{
    struct xoshiro *x = state;
    uint64_t z = seed;
    for (int i = 0; i < 4; i++)
        x->s[i] = splitmix(&z);
}

static const gsl_rng_type xoshiro256 = {
    .name = "xoshiro256**",
    .max = 0xffffffffu,
    .min = 0,
    .size = sizeof(struct xoshiro),
    .set = set,
    .get = get,
    .get_double = get_double,
};

uint64_t rng_mix(uint64_t a, uint64_t b)
{
    uint64_t x = a, z = splitmix(&x) ^ b;
    return splitmix(&z);
}

gsl_rng *rng_stream(uint64_t seed, uint64_t task, struct arena *keep)
{
    gsl_rng *rng = ARENA_NEW(keep, gsl_rng, 1);
    rng->type = &xoshiro256;
    rng->state = ARENA_NEW(keep, struct xoshiro, 1);
    set(rng->state, rng_mix(seed, task));
    return rng;
}

uint64_t rng_below(gsl_rng *rng, uint64_t n)
{
    uint64_t x; /* refused from the last whole multiple of n on, which few come near */
    do
        x = next(rng->state);
    while (x >= UINT64_MAX - n && x >= UINT64_MAX - UINT64_MAX % n);
    return x % n;
}

void rng_words(gsl_rng *rng, uint32_t *words, size_t n)
{
    for (size_t i = 0; i < n; i += 2) {
        const uint64_t draw = next(rng->state);
        words[i] = (uint32_t)(draw >> 32);
        if (i + 1 < n)
            words[i + 1] = (uint32_t)draw;
    }
}
