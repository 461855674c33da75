/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/resample/permutation.h"

#include <assert.h>
#include <math.h>

#include "models/base/rng.h"
#include "models/base/workers.h"

/* Permutations that share a thread's memory. */
enum { BLOCK = 64 };

struct work {
    double (*statistic)(const uint32_t *place, const void *context, struct arena *scratch);
    const void *context;
    size_t n, permutations;
    uint64_t seed;
    double threshold;
    size_t *as_extreme; /* [blocks] */
};

void permutation_draw(uint64_t seed, uint64_t task, size_t n, uint32_t *place,
                      struct arena *scratch)
{
    gsl_rng *rng = rng_stream(seed, task, scratch);
    for (size_t i = 0; i < n; i++) {
        size_t j = rng_below(rng, i + 1);
        place[i] = place[j];
        place[j] = (uint32_t)i;
    }
}

static void evaluate(size_t block, void *context)
{
    const struct work *work = context;
    struct arena *scratch = arena_new();
    size_t last =
        (block + 1) * BLOCK < work->permutations ? (block + 1) * BLOCK : work->permutations;
    for (size_t i = block * BLOCK; i < last; i++) {
        arena_reset(scratch);
        uint32_t *place = ARENA_NEW(scratch, uint32_t, work->n);
        permutation_draw(work->seed, i, work->n, place, scratch);
        double t = work->statistic(place, work->context, scratch);
        work->as_extreme[block] += fabs(t) >= work->threshold;
    }
    arena_free(scratch);
}

static double observed(const struct work *work, struct arena *scratch)
{
    uint32_t *place = ARENA_NEW(scratch, uint32_t, work->n);
    for (size_t i = 0; i < work->n; i++)
        place[i] = (uint32_t)i;
    return work->statistic(place, work->context, scratch);
}

void permutation_test(double (*statistic)(const uint32_t *place, const void *context,
                                          struct arena *scratch),
                      const void *context, size_t n, const struct permutation_options *options,
                      struct permutation_result *result, struct arena *scratch)
{
    assert(n < UINT32_MAX);
    struct work work = {.statistic = statistic, .context = context, .n = n, .seed = options->seed};
    work.permutations = options->permutations ? options->permutations : PERMUTATIONS;
    *result = (struct permutation_result){observed(&work, scratch), work.permutations, 0, NAN};
    if (isnan(result->statistic))
        return;
    size_t blocks = (work.permutations + BLOCK - 1) / BLOCK;
    work.threshold = fabs(result->statistic) - options->tolerance;
    work.as_extreme = ARENA_NEW(scratch, size_t, blocks);
    workers_run(blocks, options->threads, evaluate, &work);
    for (size_t b = 0; b < blocks; b++)
        result->as_extreme += work.as_extreme[b];
    result->p_value = (1 + (double)result->as_extreme) / ((double)work.permutations + 1);
}
