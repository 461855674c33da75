/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/hard_data.h"

#include <math.h>

#include <gsl/gsl_randist.h>

enum { N = 40, MOST = HARD_MOST };

double hard_response(const struct outcome *o, double t)
{
    const struct family *f = o->glm;
    if (o->binary)
        return t > 0.3;
    if (o->ordered)
        return (t > -0.5) + (t > 0.5) + (t > 1.4);
    if (o->counts && o->second == SECOND_REPEATED)
        t = fmin(t, 11); /* theirs are slow beyond 1e6, and end at the iteration limit */
    if (o->counts || f == &family_quasipoisson)
        return floor(exp(t));
    if (o == outcome_find("two_part"))
        return t > 0.3 ? exp(t) : 0;
    if (o == outcome_find("tobit"))
        return fmax(0, t);
    if (f && f->border_at_one)
        return 1 / (1 + exp(-t));
    return f == &family_gaussian ? t : exp(t);
}

void hard_data_plain(struct hard *h, gsl_rng *rng)
{
    h->n = N;
    h->p = 3;
    for (size_t i = 0; i < MOST; i++) {
        h->x[0][i] = 1;
        h->x[1][i] = gsl_ran_ugaussian(rng);
        h->x[2][i] = i % 3 == 0;
        h->t[i] = 0.3 + 0.6 * h->x[1][i] - 0.3 * h->x[2][i] + gsl_ran_ugaussian(rng);
        h->w[i] = 1;
    }
}

#define HARD_LIST(X)     \
    X(plain)             \
    X(separation)        \
    X(quasi_separation)  \
    X(zeros_of_a_group)  \
    X(all_low)           \
    X(all_high)          \
    X(all_middle)        \
    X(one_event)         \
    X(two_events)        \
    X(constant_column)   \
    X(collinear)         \
    X(nearly_collinear)  \
    X(perfect)           \
    X(offset_high)       \
    X(offset_low)        \
    X(offset_spread)     \
    X(offset_wild)       \
    X(weights_some_zero) \
    X(weights_all_zero)  \
    X(weights_small)     \
    X(weights_large)     \
    X(weights_uneven)    \
    X(frequencies)       \
    X(sampling)          \
    X(as_many_columns)   \
    X(one_row_more)      \
    X(one_row)           \
    X(two_rows)          \
    X(x_large)           \
    X(x_small)           \
    X(x_far)             \
    X(x_outlier)         \
    X(y_wide)            \
    X(y_large)           \
    X(y_small)           \
    X(no_intercept)      \
    X(intercept_only)    \
    X(nothing)           \
    X(zero_column)

static void hard_plain(struct hard *h)
{
    (void)h;
}

static void hard_separation(struct hard *h)
{
    for (size_t i = 0; i < h->n; i++)
        h->t[i] = 0.3 + 2 * h->x[1][i];
}

static void hard_quasi_separation(struct hard *h)
{
    for (size_t i = 0; i < h->n; i++)
        h->t[i] = h->x[2][i] > 0 ? 9 : h->t[i];
}

static void hard_zeros_of_a_group(struct hard *h)
{
    for (size_t i = 0; i < h->n; i++)
        h->t[i] = h->x[2][i] > 0 ? -9 : h->t[i];
}

static void hard_all_low(struct hard *h)
{
    for (size_t i = 0; i < h->n; i++)
        h->t[i] = -3;
}

static void hard_all_high(struct hard *h)
{
    for (size_t i = 0; i < h->n; i++)
        h->t[i] = 3;
}

static void hard_all_middle(struct hard *h)
{
    for (size_t i = 0; i < h->n; i++)
        h->t[i] = 1;
}

static void hard_one_event(struct hard *h)
{
    hard_all_low(h);
    h->t[7] = 0.7;
}

static void hard_two_events(struct hard *h)
{
    hard_one_event(h);
    h->t[20] = 1;
}

static void hard_constant_column(struct hard *h)
{
    for (size_t i = 0; i < h->n; i++)
        h->x[2][i] = 5;
}

static void hard_collinear(struct hard *h)
{
    h->p = 4;
    for (size_t i = 0; i < h->n; i++)
        h->x[3][i] = 3 - 2 * h->x[1][i] + h->x[2][i];
}

static void hard_nearly_collinear(struct hard *h)
{
    h->p = 4;
    for (size_t i = 0; i < h->n; i++)
        h->x[3][i] = h->x[1][i] + 1e-6 * h->t[i];
}

static void hard_perfect(struct hard *h)
{
    for (size_t i = 0; i < h->n; i++)
        h->t[i] = 0.3 + 0.5 * h->x[2][i];
}

static void offset_by(struct hard *h, double constant, double slope)
{
    h->has_offset = true;
    for (size_t i = 0; i < h->n; i++)
        h->offset[i] = constant + slope * (double)(i % 5);
}

static void hard_offset_high(struct hard *h)
{
    offset_by(h, 1e9, 0.125);
}

static void hard_offset_low(struct hard *h)
{
    offset_by(h, -1e9, 0.125);
}

static void hard_offset_spread(struct hard *h)
{
    offset_by(h, 0, 5);
}

static void hard_offset_wild(struct hard *h)
{
    offset_by(h, -1e9, 1e9);
}

static void hard_weights_some_zero(struct hard *h)
{
    h->has_w = true;
    for (size_t i = 0; i < h->n; i++)
        h->w[i] = i % 4 > 0;
}

static void weights_of(struct hard *h, double w)
{
    h->has_w = true;
    for (size_t i = 0; i < h->n; i++)
        h->w[i] = w;
}

static void hard_weights_all_zero(struct hard *h)
{
    weights_of(h, 0);
}

static void hard_weights_small(struct hard *h)
{
    weights_of(h, 1e-12);
}

static void hard_weights_large(struct hard *h)
{
    weights_of(h, 1e12);
}

static void hard_weights_uneven(struct hard *h)
{
    weights_of(h, 1);
    for (size_t i = 0; i < h->n; i += 3)
        h->w[i] = i % 2 ? 1e-9 : 1e9;
}

static void hard_frequencies(struct hard *h)
{
    h->weight_kind = WEIGHT_FREQUENCY;
    weights_of(h, 3);
    h->w[4] = 0;
}

static void hard_sampling(struct hard *h)
{
    h->weight_kind = WEIGHT_SAMPLING;
    weights_of(h, 0.5);
    h->w[4] = 20;
}

static void hard_as_many_columns(struct hard *h)
{
    h->n = h->p;
    h->small = true;
}

static void hard_one_row_more(struct hard *h)
{
    h->n = h->p + 1;
    h->small = true;
}

static void hard_one_row(struct hard *h)
{
    h->n = 1;
    h->small = true;
}

static void hard_two_rows(struct hard *h)
{
    h->n = 2;
    h->small = true;
}

static void x_times(struct hard *h, double origin, double unit)
{
    for (size_t i = 0; i < h->n; i++)
        h->x[1][i] = origin + unit * h->x[1][i];
}

static void hard_x_large(struct hard *h)
{
    x_times(h, 0, 1e9);
}

static void hard_x_small(struct hard *h)
{
    x_times(h, 0, 1e-9);
}

static void hard_x_far(struct hard *h)
{
    x_times(h, 1e9, 1);
}

static void hard_x_outlier(struct hard *h)
{
    h->x[1][11] = 1e6;
}

static void hard_y_wide(struct hard *h)
{
    for (size_t i = 0; i < h->n; i++)
        h->t[i] *= 6;
}

/* Counts of 1e6 to 1e8, amounts of as much. */
static void hard_y_large(struct hard *h)
{
    for (size_t i = 0; i < h->n; i++)
        h->t[i] += 16;
}

static void hard_y_small(struct hard *h)
{
    for (size_t i = 0; i < h->n; i++)
        h->t[i] -= 20;
}

static void hard_no_intercept(struct hard *h)
{
    h->no_intercept = true;
    for (size_t i = 0; i < h->n; i++)
        h->x[0][i] = h->x[1][i] > 0;
}

static void hard_intercept_only(struct hard *h)
{
    h->p = 1;
}

static void hard_nothing(struct hard *h)
{
    h->p = 0;
}

static void hard_zero_column(struct hard *h)
{
    for (size_t i = 0; i < h->n; i++)
        h->x[1][i] = 0;
}

const struct hard_kind hard_kinds[] = {
#define X(name) {#name, hard_##name},
    HARD_LIST(X)
#undef X
};
const size_t n_hard_kinds = sizeof hard_kinds / sizeof *hard_kinds;
