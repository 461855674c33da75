/* SPDX-License-Identifier: GPL-3.0-or-later
   Polynomials, orthonormal over the rows (Forsythe 1957, J. SIAM 5, 74-88; Kennedy & Gentle 1980,
   Statistical Computing, p. 343-347), the figures of R's poly(), or powers. */
#include "models/design/basis.h"

#include <math.h>

#include "models/base/order.h"
#include "models/base/sum.h"

enum { DEGREE, RAW };

static const struct basis_argument argument[] = {
    {"degree", .otherwise = 1, .least = 1, .most = 20},
    {"raw", .most = 1, .logical = true, .named = true},
};

static size_t width(const double a[])
{
    return (size_t)a[DEGREE];
}

/* The state: centre, unit, then for each degree k = 0, 1, ... of the monic polynomials
   p_(k+1) = (t - alpha_k) p_k - beta_k p_(k-1) in t = (x - centre) / unit the triple
   alpha_k, beta_k and the length of p_(k+1) over the rows. */
enum { CENTRE, UNIT, TRIPLES };

static double next(double t, const double triple[], double now, double before)
{
    return (t - triple[0]) * now - triple[1] * before;
}

/* alpha_k and beta_k of the k-th polynomial `now`, whose squares sum to `square`. */
static void recursion(const double *t, const double *now, size_t n, double square, double last,
                      double triple[])
{
    struct sum moment = {0};
    for (size_t i = 0; i < n; i++)
        sum_add(&moment, t[i] * now[i] * now[i]);
    triple[0] = sum_value(&moment) / square;
    triple[1] = last > 0 ? square / last : 0;
}

static double sum_of_squares(const double *x, size_t n)
{
    struct sum total = {0};
    for (size_t i = 0; i < n; i++)
        sum_add(&total, x[i] * x[i]);
    return sum_value(&total);
}

static void orthogonal(double *t, size_t n, size_t degree, double triple[], struct arena *scratch)
{
    double *now = ARENA_NEW(scratch, double, n), *before = ARENA_NEW(scratch, double, n);
    double square = (double)n, last = 0;
    for (size_t i = 0; i < n; i++)
        now[i] = 1;
    for (size_t k = 0; k < degree; k++, triple += 3) {
        recursion(t, now, n, square, last, triple);
        for (size_t i = 0; i < n; i++) {
            double further = next(t[i], triple, now[i], before[i]);
            before[i] = now[i];
            now[i] = further;
        }
        last = square;
        square = sum_of_squares(now, n);
        triple[2] = sqrt(square);
    }
}

static const double *make(const double *x, size_t n, const double a[], struct arena *keep)
{
    size_t degree = width(a);
    double *state = ARENA_NEW(keep, double, TRIPLES + 3 * degree);
    if (a[RAW] != 0)
        return state;
    struct arena *scratch = arena_new();
    bool enough = distinct(x, n, scratch) > degree;
    double *t = ARENA_NEW(scratch, double, n);
    state[CENTRE] = mean(x, NULL, n);
    for (size_t i = 0; i < n; i++)
        state[UNIT] = fmax(state[UNIT], fabs(x[i] - state[CENTRE]));
    for (size_t i = 0; i < n; i++)
        t[i] = (x[i] - state[CENTRE]) / state[UNIT];
    if (enough)
        orthogonal(t, n, degree, state + TRIPLES, scratch);
    arena_free(scratch);
    return enough ? state : NULL;
}

static void values(const double state[], const double a[], double x, double out[])
{
    size_t degree = width(a);
    double now = 1, before = 0;
    for (size_t k = 0; k < degree && a[RAW] != 0; k++)
        out[k] = pow(x, (double)k + 1);
    for (size_t k = 0; k < degree && a[RAW] == 0; k++) {
        const double *triple = state + TRIPLES + 3 * k;
        double further = next((x - state[CENTRE]) / state[UNIT], triple, now, before);
        before = now;
        now = further;
        out[k] = now / triple[2];
    }
}

/* The recursion differentiated. */
static void slopes(const double state[], const double a[], double x, double out[])
{
    size_t degree = width(a);
    double t = (x - state[CENTRE]) / state[UNIT], now = 1, before = 0;
    double slope = 0, slope_before = 0;
    for (size_t k = 0; k < degree && a[RAW] != 0; k++)
        out[k] = ((double)k + 1) * pow(x, (double)k);
    for (size_t k = 0; k < degree && a[RAW] == 0; k++) {
        const double *triple = state + TRIPLES + 3 * k;
        double further = next(t, triple, now, before);
        double slope_further = now + next(t, triple, slope, slope_before);
        before = now;
        now = further;
        slope_before = slope;
        slope = slope_further;
        out[k] = slope / state[UNIT] / triple[2];
    }
}

const struct basis basis_poly = {
    .name = "poly",
    .meaning = "polynomial of a degree, orthogonal over the rows, or with raw = TRUE powers",
    .source = "Forsythe 1957; Kennedy & Gentle 1980; R poly()",
    .few = "the degree of a polynomial must be below the number of distinct values",
    .n_arguments = sizeof argument / sizeof *argument,
    .argument = argument,
    .width = width,
    .make = make,
    .values = values,
    .slopes = slopes,
};
