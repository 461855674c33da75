/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/margins/wald.h"

#include <assert.h>
#include <float.h>
#include <math.h>

#include <gsl/gsl_cdf.h>

#include "models/base/critical.h"
#include "models/base/sum.h"

/* L V L' and L b - q, over the square root of the diagonal: a correlation matrix. */
struct restriction {
    size_t n;
    double *covariance; /* [n * n] */
    double *distance;   /* [n] */
};

static struct wald no_test(enum fit_status status, double df_2)
{
    return (struct wald){status, NAN, df_2, NAN, NAN, NAN, NAN};
}

/* a'Vb, where coefficients that a hypothesis does not speak of may have no variance. */
static double form(const double *a, const double *vcov, const double *b, size_t p)
{
    struct sum total = {0};
    for (size_t i = 0; i < p; i++)
        for (size_t j = 0; j < p && a[i] != 0; j++)
            if (b[j] != 0)
                sum_add(&total, a[i] * vcov[i * p + j] * b[j]);
    return sum_value(&total);
}

static double distance(const double *a, const double *estimate, size_t p, double value)
{
    struct sum total = {.high = -value};
    for (size_t i = 0; i < p; i++)
        if (a[i] != 0)
            sum_add(&total, a[i] * estimate[i]);
    return sum_value(&total);
}

static bool all_finite(const double *x, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!isfinite(x[i]))
            return false;
    return true;
}

/* To unit variances; a hypothesis without variance stays as it is, and fails in the elimination. */
static void standardise(struct restriction *r)
{
    for (size_t i = 0; i < r->n; i++) {
        double scale = sqrt(r->covariance[i * r->n + i]);
        if (!(scale > 0))
            continue;
        r->distance[i] /= scale;
        for (size_t j = 0; j < r->n; j++) {
            r->covariance[i * r->n + j] /= scale;
            r->covariance[j * r->n + i] /= scale;
        }
    }
}

static size_t largest(const struct restriction *r, const bool *done)
{
    size_t best = r->n;
    for (size_t i = 0; i < r->n; i++)
        if (!done[i] &&
            (best == r->n || r->covariance[i * r->n + i] > r->covariance[best * r->n + best]))
            best = i;
    return best;
}

/* Takes hypothesis k out of the others: its part of the covariance and of the distance. */
static void eliminate(struct restriction *r, size_t k, const bool *done)
{
    const double *row = r->covariance + k * r->n;
    for (size_t i = 0; i < r->n; i++) {
        if (done[i])
            continue;
        double share = r->covariance[i * r->n + k] / row[k];
        r->distance[i] -= share * r->distance[k];
        for (size_t j = 0; j < r->n; j++)
            if (!done[j])
                r->covariance[i * r->n + j] -= share * row[j];
    }
}

/* Cholesky's decomposition with the largest pivot first.  What is left of a hypothesis that
   follows from the others is rounding, in its variance and in its distance alike. */
static bool sum_of_squares(struct restriction *r, bool *done, double *chi2, size_t *rank)
{
    double negligible = 1e3 * (double)r->n * DBL_EPSILON, agreed = sqrt(negligible);
    *chi2 = 0;
    for (*rank = 0; *rank < r->n; (*rank)++) {
        size_t k = largest(r, done);
        double pivot = r->covariance[k * r->n + k];
        if (!(pivot > negligible))
            break;
        done[k] = true;
        *chi2 += r->distance[k] * r->distance[k] / pivot;
        eliminate(r, k, done);
    }
    for (size_t i = 0; i < r->n; i++)
        if (!done[i] && !(fabs(r->distance[i]) <= agreed * (1 + sqrt(*chi2))))
            return false;
    return *rank > 0;
}

static void probabilities(struct wald *out)
{
    out->chi2_p_value = gsl_cdf_chisq_Q(out->chi2, out->df);
    out->f = out->chi2 / out->df;
    out->f_p_value = isinf(out->df_2) ? out->chi2_p_value
                     : out->df_2 > 0  ? f_exceeds(out->f, out->df, out->df_2)
                                      : NAN;
}

void wald_test(size_t p, const double *estimate, const double *vcov, double df_2, size_t n,
               const double *hypothesis, const double *value, struct wald *out)
{
    struct arena *scratch = arena_new();
    struct restriction r = {n, ARENA_NEW(scratch, double, n *n), ARENA_NEW(scratch, double, n)};
    size_t rank = 0;
    double chi2 = NAN;
    for (size_t i = 0; i < n; i++) {
        r.distance[i] = distance(hypothesis + i * p, estimate, p, value ? value[i] : 0);
        for (size_t j = 0; j < n; j++)
            r.covariance[i * n + j] = form(hypothesis + i * p, vcov, hypothesis + j * p, p);
    }
    if (n == 0 || !all_finite(r.distance, n) || !all_finite(r.covariance, n * n)) {
        *out = no_test(FIT_UNIDENTIFIED, df_2);
    } else {
        standardise(&r);
        bool good = sum_of_squares(&r, ARENA_NEW(scratch, bool, n), &chi2, &rank);
        *out = no_test(good ? FIT_OK : FIT_SINGULAR, df_2);
        if (good) {
            out->df = (double)rank;
            out->chi2 = chi2;
            probabilities(out);
        }
    }
    arena_free(scratch);
}

void wald_zero(const struct fit *fit, const size_t at[], size_t n, struct wald *out)
{
    struct arena *scratch = arena_new();
    size_t p = fit->n_params, m = 0;
    double *hypothesis = ARENA_NEW(scratch, double, n *p);
    for (size_t i = 0; i < n; i++) {
        assert(at[i] < p);
        if (isfinite(fit->estimate[at[i]]))
            hypothesis[m++ * p + at[i]] = 1;
    }
    wald_test(p, fit->estimate, fit->vcov, fit_df(fit), m, hypothesis, NULL, out);
    arena_free(scratch);
}
