/* SPDX-License-Identifier: GPL-3.0-or-later
   Natural cubic splines in the basis of R's splines::ns(): B-splines by the recursion of Cox and
   de Boor (de Boor 1978, A Practical Guide to Splines, ch. X), turned so that the second
   derivative is zero at both ends of the data, and continued by straight lines. */
#include "models/design/basis.h"

#include <math.h>

#include "models/base/order.h"

enum { DF, ORDER = 4, MOST = 50, SPLINES = MOST - 1 + ORDER, KNOTS = SPLINES + ORDER };

static const struct basis_argument argument[] = {
    {"df", .otherwise = 1, .least = 1, .most = MOST},
};

static size_t width(const double a[])
{
    return (size_t)a[DF];
}

/* For df columns: df - 1 inner knots, each end four times, df + 3 B-splines, of which the first
   is left out, and a matrix of df rows that turns the other df + 2. */
static size_t n_knots(size_t df)
{
    return df - 1 + 2 * ORDER;
}

static size_t n_splines(size_t df)
{
    return df - 1 + ORDER;
}

/* The interval [knot[j], knot[j + 1]) that x is in; the last one is closed. */
static size_t interval(const double knot[], size_t n, double x)
{
    size_t j = ORDER - 1;
    while (j + ORDER < n - 1 && x >= knot[j + 1])
        j++;
    return j;
}

static double over(double numerator, double gap)
{
    return gap > 0 ? numerator / gap : 0;
}

/* All cubic B-splines, or a derivative of them, at an x between the ends: b [n - 1], of which the
   first n - 4 hold the answer.  Each pass raises the order by one; the last passes differentiate.
 */
static void b_splines(const double knot[], size_t n, double x, size_t derivative, double b[])
{
    for (size_t i = 0; i + 1 < n; i++)
        b[i] = 0;
    b[interval(knot, n, x)] = 1;
    for (size_t order = 2; order <= ORDER; order++)
        for (size_t i = 0; i + order < n; i++) {
            double left = knot[i + order - 1] - knot[i], right = knot[i + order] - knot[i + 1];
            if (order + derivative <= ORDER)
                b[i] = over((x - knot[i]) * b[i], left) +
                       over((knot[i + order] - x) * b[i + 1], right);
            else
                b[i] = ((double)order - 1) * (over(b[i], left) - over(b[i + 1], right));
        }
}

/* Two columns of m numbers become a Householder reflection v each, scaled as LINPACK's dqrdc
   scales it, from which R's signs come: (I - v v' / v_j) turns column j to a multiple of e_j. */
static void reflect(const double v[], size_t j, size_t m, double x[])
{
    double t = 0;
    for (size_t i = j; i < m; i++)
        t -= v[i] * x[i];
    for (size_t i = j; i < m; i++)
        x[i] += t / v[j] * v[i];
}

static void householder(double v[2][SPLINES], size_t m)
{
    for (size_t j = 0; j < 2; j++) {
        double length = 0;
        for (size_t i = j; i < m; i++)
            length = hypot(length, v[j][i]);
        length = v[j][j] < 0 ? -length : length;
        for (size_t i = j; i < m; i++)
            v[j][i] /= length;
        v[j][j] += 1;
        if (j == 0)
            reflect(v[0], 0, m, v[1]);
    }
}

/* Rows 3 to m of Q', where Q R are the second derivatives of the B-splines but the first at the
   two ends: turn [df * m]. */
static void make_turn(const double knot[], size_t df, double turn[])
{
    size_t n = n_knots(df), m = n_splines(df) - 1;
    double v[2][SPLINES] = {{0}}, b[KNOTS], unit[SPLINES];
    for (size_t end = 0; end < 2; end++) {
        b_splines(knot, n, end ? knot[n - 1] : knot[0], 2, b);
        for (size_t i = 0; i < m; i++)
            v[end][i] = b[i + 1];
    }
    householder(v, m);
    for (size_t k = 0; k < m; k++) {
        for (size_t i = 0; i < m; i++)
            unit[i] = i == k;
        reflect(v[0], 0, m, unit);
        reflect(v[1], 1, m, unit);
        for (size_t i = 0; i < df; i++)
            turn[i * m + k] = unit[i + 2];
    }
}

/* Quantile of sorted x (Hyndman & Fan 1996, Amer. Statistician 50, 361-365, type 7). */
static double quantile(const double *x, size_t n, double share)
{
    double at = ((double)n - 1) * share, from = floor(at);
    size_t low = (size_t)from, high = low + 1 < n ? low + 1 : low;
    double part = at - from;
    return x[low] == x[high] ? x[low] : (1 - part) * x[low] + part * x[high];
}

/* The state: knots, then the turn. */
static const double *make(const double *x, size_t n, const double a[], struct arena *keep)
{
    size_t df = width(a), inner = df - 1;
    double *state = ARENA_NEW(keep, double, n_knots(df) + df * (n_splines(df) - 1));
    struct arena *scratch = arena_new();
    const double *ascending = sorted(x, n, scratch);
    for (size_t i = 0; i < ORDER; i++) {
        state[i] = ascending[0];
        state[ORDER + inner + i] = ascending[n - 1];
    }
    for (size_t i = 0; i < inner; i++)
        state[ORDER + i] = quantile(ascending, n, (double)(i + 1) / ((double)inner + 1));
    arena_free(scratch);
    for (size_t i = ORDER - 1; i < ORDER + inner; i++)
        if (!(state[i] < state[i + 1]))
            return NULL;
    make_turn(state, df, state + n_knots(df));
    return state;
}

static void values(const double state[], const double a[], double x, double out[])
{
    size_t df = width(a), n = n_knots(df), m = n_splines(df) - 1;
    const double *turn = state + n;
    double at = fmin(fmax(x, state[0]), state[n - 1]), b[KNOTS], slope[KNOTS] = {0};
    b_splines(state, n, at, 0, b);
    if (at != x)
        b_splines(state, n, at, 1, slope);
    for (size_t i = 0; i < df; i++) {
        out[i] = 0;
        for (size_t k = 0; k < m; k++)
            out[i] += turn[i * m + k] * (b[k + 1] + (x - at) * slope[k + 1]);
    }
}

/* Beyond the ends that of the end. */
static void slopes(const double state[], const double a[], double x, double out[])
{
    size_t df = width(a), n = n_knots(df), m = n_splines(df) - 1;
    const double *turn = state + n;
    double b[KNOTS];
    b_splines(state, n, fmin(fmax(x, state[0]), state[n - 1]), 1, b);
    for (size_t i = 0; i < df; i++) {
        out[i] = 0;
        for (size_t k = 0; k < m; k++)
            out[i] += turn[i * m + k] * b[k + 1];
    }
}

const struct basis basis_ns = {
    .name = "ns",
    .meaning = "natural cubic spline with inner knots at quantiles",
    .source = "de Boor 1978; Hastie 1992, Statistical Models in S, ch. 7; R splines::ns()",
    .few = "the knots of a spline coincide: too few distinct values",
    .n_arguments = sizeof argument / sizeof *argument,
    .argument = argument,
    .width = width,
    .make = make,
    .values = values,
    .slopes = slopes,
};
