/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "models/meta/regression.h"
#include "models/meta/small_study.h"

struct point {
    double y, v; /* y turned round where small effects are missing on the right */
    size_t at;   /* its place in the data, to make orders total */
    double distance;
};

static int by_effect(const void *a, const void *b)
{
    const struct point *p = a, *q = b;
    return p->y != q->y ? (p->y > q->y) - (p->y < q->y) : (p->at > q->at) - (p->at < q->at);
}

static int by_distance(const void *a, const void *b)
{
    const struct point *p = a, *q = b;
    return p->distance != q->distance ? (p->distance > q->distance) - (p->distance < q->distance)
                                      : by_effect(a, b);
}

static double pooled_value(const struct point *p, size_t k, const struct pool_method *method,
                           const struct pool_options *o, struct arena *scratch)
{
    double *y = ARENA_NEW(scratch, double, k), *v = ARENA_NEW(scratch, double, k);
    for (size_t i = 0; i < k; i++) {
        y[i] = p[i].y;
        v[i] = p[i].v;
    }
    return pool_effects(&(struct effects){k, y, v}, method, o).estimate;
}

/* Duval and Tweedie's L0: from the rank sum of the effects right of the value. */
static size_t missing_effects(const struct point *p, size_t k, double value, struct arena *scratch)
{
    struct point *ranked = arena_copy(scratch, p, k, sizeof *p);
    double sum = 0, n = (double)k;
    for (size_t i = 0; i < k; i++)
        ranked[i].distance = fabs(ranked[i].y - value);
    qsort(ranked, k, sizeof *ranked, by_distance);
    for (size_t i = 0; i < k; i++)
        if (ranked[i].y > value)
            sum += (double)i + 1;
    double l0 = rint((4 * sum - n * (n + 1)) / (2 * n - 1));
    return l0 > 0 ? (size_t)l0 : 0;
}

/* The number missing at which trimming changes nothing more; SIZE_MAX: there is none. */
static size_t trim(const struct point *p, size_t k, const struct pool_method *method,
                   const struct pool_options *o, double *value, struct arena *scratch)
{
    enum { MOST = 100 };
    size_t missing = 0;
    for (int i = 0; i < MOST; i++) {
        *value = pooled_value(p, k - missing, method, o, scratch);
        size_t next = missing_effects(p, k, *value, scratch);
        if (next == missing)
            return missing;
        if (next >= k)
            break;
        missing = next;
    }
    return SIZE_MAX;
}

/* All effects, and the mirror images of the trimmed ones. */
static void fill(struct asymmetry *a, const struct point *p, size_t k, size_t missing, double value,
                 double sign, const struct pool_method *method, const struct pool_options *o,
                 struct arena *scratch)
{
    double *y = ARENA_NEW(scratch, double, k + missing),
           *v = ARENA_NEW(scratch, double, k + missing);
    for (size_t i = 0; i < k + missing; i++) {
        const struct point *from = &p[i < k ? i : i - missing];
        y[i] = sign * (i < k ? from->y : 2 * value - from->y);
        v[i] = from->v;
    }
    struct pooled w = pool_effects(&(struct effects){k + missing, y, v}, method, o);
    a->status = w.status;
    a->estimate = (double)missing;
    a->limit = w.estimate;
    a->limit_low = w.conf_low;
    a->limit_high = w.conf_high;
}

static void trim_and_fill(const struct effects *e, const struct pool_method *method,
                          double conf_level, struct asymmetry *a, struct arena *scratch)
{
    const struct pool_options o = {.conf_level = conf_level};
    struct asymmetry egger;
    asymmetry_egger.run(e, method, conf_level, &egger, scratch);
    *a = egger;
    a->estimate = a->std_error = a->statistic = a->df = a->p_value = NAN;
    a->limit = a->limit_low = a->limit_high = NAN;
    if (isnan(egger.estimate))
        return;
    /* Where small studies (large standard errors) show the smaller effects, what is missing
       is on the right. */
    double sign = egger.estimate < 0 ? -1 : 1, value;
    struct point *p = ARENA_NEW(scratch, struct point, e->k);
    for (size_t i = 0; i < e->k; i++)
        p[i] = (struct point){sign * e->y[i], e->v[i], i, 0};
    qsort(p, e->k, sizeof *p, by_effect);
    size_t missing = trim(p, e->k, method, &o, &value, scratch);
    if (missing == SIZE_MAX)
        a->status = FIT_MAX_ITER;
    else
        fill(a, p, e->k, missing, value, sign, method, &o, scratch);
}

const struct asymmetry_test asymmetry_trim_and_fill = {
    .name = "trim_and_fill",
    .title = "Duval and Tweedie's trim and fill (L0)",
    .source = "Duval & Tweedie 2000, Biometrics 56, 455-463",
    .run = trim_and_fill,
};
