/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/scale/count_reliability.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_roots.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_log.h>

#include "models/base/critical.h"
#include "models/base/order.h"
#include "models/base/sum.h"

/* The counts as steps: `above` observations exceed each of from, ..., to - 1.  Sums over
   j of Gamma(r + y_j) / Gamma(r) become sums of (r + k) over these steps, which lose no
   digits however large r is. */
struct step {
    double from, to, above;
};

struct counts {
    double n, mean, factorials; /* sum of log y! */
    double level;               /* of the log-likelihood that a profile limit has */
    size_t n_steps;
    const struct step *step;
};

/* ---- sums over k ---- */

/* A term t(k; r) with its integral and its derivatives of order 1, 3 and 5 by k. */
struct term {
    double (*value)(double k, double r);
    double (*integral)(double from, double to, double r);
    double (*derivative)(int order, double k, double r);
};

/* Sum of t(k) for k = from, ..., to - 1: term by term, and the rest of a long sum by
   Euler and Maclaurin's formula, whose remainder is below 1e-15 from r + k = 64 on. */
static double sum_of(const struct term *t, double from, double to, double r)
{
    enum { LONG = 256, FAR = 64 };
    struct sum s = {0};
    double k = from;
    for (; k < to && (to - k <= LONG || r + k < FAR); k++)
        sum_add(&s, t->value(k, r));
    if (k >= to)
        return sum_value(&s);
    sum_add(&s, t->integral(k, to, r));
    sum_add(&s, (t->value(k, r) - t->value(to, r)) / 2);
    sum_add(&s, (t->derivative(1, to, r) - t->derivative(1, k, r)) / 12);
    sum_add(&s, (t->derivative(3, k, r) - t->derivative(3, to, r)) / 720);
    sum_add(&s, (t->derivative(5, to, r) - t->derivative(5, k, r)) / 30240);
    return sum_value(&s);
}

static double sum_over(const struct counts *c, const struct term *t, double r)
{
    struct sum s = {0};
    for (size_t i = 0; i < c->n_steps; i++)
        sum_add(&s, c->step[i].above * sum_of(t, c->step[i].from, c->step[i].to, r));
    return sum_value(&s);
}

/* log(1 + k / r), of the likelihood. */
static double log_value(double k, double r)
{
    return log1p(k / r);
}

static double log_integral(double from, double to, double r)
{
    return (r + to) * log1p(to / r) - (r + from) * log1p(from / r) - (to - from);
}

static double log_derivative(int order, double k, double r)
{
    double x = r + k;
    return order == 1 ? 1 / x : order == 3 ? 2 / (x * x * x) : 24 / (x * x * x * x * x);
}

/* 1/r - 1/(r + k) = k / (r (r + k)), of the score. */
static double score_value(double k, double r)
{
    return k / r / (r + k);
}

static double score_integral(double from, double to, double r)
{
    return (to - from) / r - log1p((to - from) / (r + from));
}

static double score_derivative(int order, double k, double r)
{
    double x = r + k, x2 = x * x;
    return order == 1 ? 1 / x2 : order == 3 ? 6 / (x2 * x2) : 120 / (x2 * x2 * x2);
}

/* 1/(r + k), of the profile. */
static double inverse_value(double k, double r)
{
    return 1 / (r + k);
}

static double inverse_integral(double from, double to, double r)
{
    return log1p((to - from) / (r + from));
}

static double inverse_derivative(int order, double k, double r)
{
    return -score_derivative(order, k, r);
}

/* 1/(r + k)^2, of the information. */
static double square_value(double k, double r)
{
    return 1 / ((r + k) * (r + k));
}

static double square_integral(double from, double to, double r)
{
    return (to - from) / (r + from) / (r + to);
}

static double square_derivative(int order, double k, double r)
{
    double x = r + k, x3 = x * x * x;
    return order == 1 ? -2 / x3 : order == 3 ? -24 / (x3 * x * x) : -720 / (x3 * x3 * x);
}

static const struct term log_term = {log_value, log_integral, log_derivative};
static const struct term score_term = {score_value, score_integral, score_derivative};
static const struct term inverse_term = {inverse_value, inverse_integral, inverse_derivative};
static const struct term square_term = {square_value, square_integral, square_derivative};

/* ---- the likelihood ---- */

/* Of r at the mean's estimate, divided by n: zero at the maximum. */
static double score(double log_r, void *context)
{
    const struct counts *c = context;
    double r = exp(log_r);
    return -gsl_sf_log_1plusx_mx(c->mean / r) - sum_over(c, &score_term, r) / c->n;
}

/* Log-likelihood at log odds x of the reliability p = m / (m + r) and shape r:
   n r log(1 - p) + sum log(p (r + k)) - sum log y!. */
static double log_likelihood(const struct counts *c, double x, double r)
{
    double log_p = -log1p(exp(-x)), log_rest = -log1p(exp(x));
    return c->n * (r * log_rest + c->mean * (log_p + log(r))) + sum_over(c, &log_term, r) -
           c->factorials;
}

static double poisson_log_likelihood(const struct counts *c)
{
    return c->n * c->mean * (log(c->mean) - 1) - c->factorials;
}

/* ---- roots ---- */

/* The root of f between low and high, where it changes sign. */
static bool root_of(double (*f)(double x, void *context), void *context, double low, double high,
                    double *root)
{
    enum { MOST = 200 };
    gsl_function function = {f, context};
    gsl_root_fsolver *solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
    bool found = gsl_root_fsolver_set(solver, &function, low, high) == GSL_SUCCESS;
    for (int i = 0; found && i < MOST; i++) {
        found = gsl_root_fsolver_iterate(solver) == GSL_SUCCESS;
        if (gsl_root_test_interval(gsl_root_fsolver_x_lower(solver),
                                   gsl_root_fsolver_x_upper(solver), 1e-15, 4e-16) == GSL_SUCCESS)
            break;
    }
    *root = gsl_root_fsolver_root(solver);
    gsl_root_fsolver_free(solver);
    return found;
}

/* The same for any f that falls from above zero to below it, around `near`. */
static bool falling_root(double (*f)(double x, void *context), void *context, double near,
                         double *root)
{
    double low = near, high = near;
    for (double width = 1; f(low, context) < 0; width *= 2)
        if ((low -= width) < -600)
            return false;
    for (double width = 1; f(high, context) > 0; width *= 2)
        if ((high += width) > 600)
            return false;
    return low == high ? (*root = low, true) : root_of(f, context, low, high, root);
}

/* ---- the profile of the reliability ---- */

struct profile {
    const struct counts *counts;
    double log_odds;
};

/* d/dr of the log-likelihood at a fixed reliability p, divided by n. */
static double shape_score(double log_r, void *context)
{
    const struct profile *f = context;
    const struct counts *c = f->counts;
    double minus_log = -log1p(exp(f->log_odds)); /* log(1 - p) */
    return sum_over(c, &inverse_term, exp(log_r)) / c->n + minus_log;
}

/* The largest log-likelihood at log odds x of the reliability, less the limit's. */
static double above_level(double x, void *context)
{
    const struct counts *c = context;
    double log_r;
    if (!falling_root(shape_score, &(struct profile){c, x}, log(c->mean) - x, &log_r))
        return NAN;
    return log_likelihood(c, x, exp(log_r)) - c->level;
}

/* The other way round, for the lower limit. */
static double below_level(double x, void *context)
{
    return -above_level(x, context);
}

/* From the estimate's log odds (or, at the boundary, from where the profile is still
   that of equal rates) to where the profile falls below the level. */
static void profile_limits(struct counts *c, double conf_level, struct count_reliability *r)
{
    double x = r->status == FIT_BOUNDARY ? -12 : log(r->mean / r->shape), limit;
    c->level = r->log_lik - chi_square_upper(1 - conf_level, 1) / 2;
    if (falling_root(above_level, c, x, &limit))
        r->conf_high = 1 / (1 + exp(-limit));
    r->conf_low = 0;
    if (poisson_log_likelihood(c) < c->level && falling_root(below_level, c, x, &limit))
        r->conf_low = 1 / (1 + exp(-limit));
}

/* ---- the counts ---- */

static bool all_counts(const double *count, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!(count[i] >= 0 && count[i] == floor(count[i]) && count[i] < 1e15))
            return false;
    return true;
}

static double weight_of(const double *frequency, size_t i)
{
    return frequency ? frequency[i] : 1;
}

/* From the largest count down: who exceeds the next lower one exceeds all between. */
static struct counts counts_make(const double *count, const double *frequency, size_t n,
                                 struct arena *scratch)
{
    struct counts c = {.mean = mean(count, frequency, n)};
    const uint32_t *order = order_real(count, n, scratch);
    struct step *step = ARENA_NEW(scratch, struct step, n);
    struct sum total = {0}, factorials = {0};
    for (size_t left = n; left > 0; left--) {
        double y = count[order[left - 1]], w = weight_of(frequency, order[left - 1]);
        double below = left > 1 ? count[order[left - 2]] : 0;
        sum_add(&total, w);
        sum_add(&factorials, w * gsl_sf_lngamma(y + 1));
        if (below < y && sum_value(&total) > 0)
            step[c.n_steps++] = (struct step){below, y, sum_value(&total)};
    }
    c.n = sum_value(&total);
    c.factorials = sum_value(&factorials);
    c.step = step;
    return c;
}

/* Sum of squared deviations: its excess over n times the mean is what the rates add. */
static double squares(const double *count, const double *frequency, size_t n, double m)
{
    return cross_product(count, m, count, m, frequency, n);
}

static struct count_reliability without_figures(enum fit_status status, double n)
{
    return (struct count_reliability){.status = status,
                                      .n = n,
                                      .mean = NAN,
                                      .mean_error = NAN,
                                      .shape = NAN,
                                      .shape_error = NAN,
                                      .reliability = NAN,
                                      .std_error = NAN,
                                      .delta_low = NAN,
                                      .delta_high = NAN,
                                      .conf_low = NAN,
                                      .conf_high = NAN,
                                      .ceiling = NAN,
                                      .ceiling_low = NAN,
                                      .ceiling_high = NAN,
                                      .log_lik = NAN};
}

/* Standard errors and the delta method's interval at the maximum, r->shape finite. */
static void set_errors(const struct counts *c, double conf_level, struct count_reliability *r)
{
    double m = r->mean, shape = r->shape, p = r->reliability;
    double information = sum_over(c, &square_term, shape) - c->n * m / (shape * (shape + m));
    double variance_m = (m + m * m / shape) / c->n;
    r->mean_error = sqrt(variance_m);
    r->shape_error = sqrt(1 / information);
    double logit_error = sqrt(variance_m / (m * m) + 1 / information / (shape * shape));
    double half = logit_error * gsl_cdf_ugaussian_Qinv((1 - conf_level) / 2);
    r->std_error = p * (1 - p) * logit_error;
    r->delta_low = 1 / (1 + shape / m * exp(half));
    r->delta_high = 1 / (1 + shape / m * exp(-half));
}

static void fit(struct counts *c, double excess, double conf_level, struct count_reliability *r)
{
    double log_r, m = c->mean;
    r->mean = m;
    r->mean_error = sqrt(m / c->n);
    r->shape = INFINITY;
    r->reliability = 0;
    r->status = FIT_BOUNDARY;
    r->log_lik = poisson_log_likelihood(c);
    if (excess > 0 && falling_root(score, c, log(m * m / excess), &log_r)) {
        r->status = FIT_CONVERGED;
        r->shape = exp(log_r);
        r->reliability = m / (m + r->shape);
        r->log_lik = log_likelihood(c, log(m / r->shape), r->shape);
        set_errors(c, conf_level, r);
    }
    profile_limits(c, conf_level, r);
    r->ceiling = sqrt(r->reliability);
    r->ceiling_low = sqrt(r->conf_low);
    r->ceiling_high = sqrt(r->conf_high);
}

struct count_reliability count_reliability(const double *count, const double *frequency, size_t n,
                                           double conf_level, struct arena *scratch)
{
    assert(conf_level > 0 && conf_level < 1);
    if (!all_counts(count, n))
        return without_figures(FIT_DOMAIN, (double)n);
    struct counts c = counts_make(count, frequency, n, scratch);
    struct count_reliability r = without_figures(FIT_TOO_FEW, c.n);
    if (!(c.n > 1))
        return r;
    double ss = squares(count, frequency, n, c.mean);
    r.status = FIT_CONSTANT;
    if (ss > 0)
        fit(&c, ss / c.n - c.mean, conf_level, &r);
    return r;
}
