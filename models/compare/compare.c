/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/compare/compare.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

const struct overlapping_method *const overlapping_methods[] = {
#define X(name) &overlapping_##name,
    OVERLAPPING_LIST(X)
#undef X
};
const size_t n_overlapping_methods = sizeof overlapping_methods / sizeof *overlapping_methods;

const struct non_overlapping_method *const non_overlapping_methods[] = {
#define X(name) &non_overlapping_##name,
    NON_OVERLAPPING_LIST(X)
#undef X
};
const size_t n_non_overlapping_methods =
    sizeof non_overlapping_methods / sizeof *non_overlapping_methods;

const struct independent_method *const independent_methods[] = {
#define X(name) &independent_##name,
    INDEPENDENT_LIST(X)
#undef X
};
const size_t n_independent_methods = sizeof independent_methods / sizeof *independent_methods;

const struct overlapping_method *overlapping_find(const char *name)
{
    for (size_t i = 0; i < n_overlapping_methods; i++)
        if (strcmp(overlapping_methods[i]->name, name) == 0)
            return overlapping_methods[i];
    return NULL;
}

const struct non_overlapping_method *non_overlapping_find(const char *name)
{
    for (size_t i = 0; i < n_non_overlapping_methods; i++)
        if (strcmp(non_overlapping_methods[i]->name, name) == 0)
            return non_overlapping_methods[i];
    return NULL;
}

const struct independent_method *independent_find(const char *name)
{
    for (size_t i = 0; i < n_independent_methods; i++)
        if (strcmp(independent_methods[i]->name, name) == 0)
            return independent_methods[i];
    return NULL;
}

/* ---- what all methods ask first ---- */

static struct comparison unfinished(double r_1, double r_2)
{
    return (struct comparison){.status = FIT_OK,
                               .difference = r_1 - r_2,
                               .statistic = NAN,
                               .df = NAN,
                               .p_value = NAN,
                               .conf_low = NAN,
                               .conf_high = NAN};
}

/* Is the correlation matrix a[n][n] positive definite?  Cholesky, in place. */
static bool can_stand(double *a, size_t n)
{
    for (size_t j = 0; j < n; j++) {
        for (size_t i = j; i < n; i++) {
            for (size_t k = 0; k < j; k++)
                a[i * n + j] -= a[i * n + k] * a[j * n + k];
            if (i == j && !(a[j * n + j] > 1e-15))
                return false;
            if (i > j)
                a[i * n + j] /= sqrt(a[j * n + j]);
        }
        a[j * n + j] = sqrt(a[j * n + j]);
    }
    return true;
}

static enum fit_status status_of(double r_1, double r_2, double n, double *matrix, size_t size)
{
    if (!(n >= 4))
        return FIT_TOO_FEW;
    for (size_t i = 0; i < size * size; i++)
        if (isnan(matrix[i]))
            return FIT_CONSTANT;
    if (!(fabs(r_1) < 1) || !(fabs(r_2) < 1))
        return FIT_PERFECT;
    return can_stand(matrix, size) ? FIT_OK : FIT_SINGULAR;
}

/* A method that puts a mean in the place of both correlations may leave the domain in which
   its variance is positive: then it has no answer. */
static void refuse_without_variance(struct comparison *c, const char *symbol)
{
    if (c->status != FIT_OK || !symbol || isfinite(c->statistic))
        return;
    *c = unfinished(c->difference, 0);
    c->status = FIT_SINGULAR;
}

struct comparison compare_overlapping(const struct overlapping_method *method,
                                      const struct overlapping *r, double conf_level)
{
    double matrix[] = {1, r->jk, r->jh, r->jk, 1, r->kh, r->jh, r->kh, 1};
    struct comparison c = unfinished(r->jk, r->jh);
    assert(conf_level > 0 && conf_level < 1);
    c.status = status_of(r->jk, r->jh, r->n, matrix, 3);
    if (c.status == FIT_OK)
        method->compute(r, conf_level, &c);
    refuse_without_variance(&c, method->symbol);
    return c;
}

struct comparison compare_non_overlapping(const struct non_overlapping_method *method,
                                          const struct non_overlapping *r, double conf_level)
{
    double matrix[] = {1,     r->jk, r->jh, r->jm, r->jk, 1,     r->kh, r->km,
                       r->jh, r->kh, 1,     r->hm, r->jm, r->km, r->hm, 1};
    struct comparison c = unfinished(r->jk, r->hm);
    assert(conf_level > 0 && conf_level < 1);
    c.status = status_of(r->jk, r->hm, r->n, matrix, 4);
    if (c.status == FIT_OK)
        method->compute(r, conf_level, &c);
    refuse_without_variance(&c, method->symbol);
    return c;
}

struct comparison compare_independent(const struct independent_method *method,
                                      const struct independent *r, double conf_level)
{
    struct comparison c = unfinished(r->r_1, r->r_2);
    assert(conf_level > 0 && conf_level < 1);
    if (isnan(c.difference))
        c.status = FIT_CONSTANT;
    else if (!(r->variance_1 > 0) || !(r->variance_2 > 0))
        c.status = FIT_TOO_FEW;
    else if (!(fabs(r->r_1) < 1) || !(fabs(r->r_2) < 1))
        c.status = FIT_PERFECT;
    else
        method->compute(r, conf_level, &c);
    return c;
}

struct independent independent_pearson(double r_1, double n_1, double r_2, double n_2)
{
    return (struct independent){r_1, n_1 > 3 ? 1 / (n_1 - 3) : NAN, r_2,
                                n_2 > 3 ? 1 / (n_2 - 3) : NAN};
}

/* ---- parts of the methods ---- */

void comparison_z(double z, struct comparison *c)
{
    c->statistic = z;
    c->p_value = 2 * gsl_cdf_ugaussian_Q(fabs(z));
}

void comparison_t(double t, double df, struct comparison *c)
{
    c->statistic = t;
    c->df = df;
    c->p_value = 2 * gsl_cdf_tdist_Q(fabs(t), df);
}

/* (1 - jk^2)(1 - jh^2) - (kh - jk jh)^2, by factors. */
double overlapping_determinant(const struct overlapping *r)
{
    double spread = sqrt((1 - r->jk) * (1 + r->jk) * (1 - r->jh) * (1 + r->jh));
    double partial = r->kh - r->jk * r->jh;
    return (spread - partial) * (spread + partial);
}

/* Dunn & Clark (1969), J. Am. Statist. Assoc. 64, 366-377; Olkin's and Zou's (p. 409) equations
   are the same polynomial. */
double overlapping_dependence(double jk, double jh, double kh)
{
    double a = jk * jk, b = jh * jh;
    return (kh * (1 - a - b) - 0.5 * jk * jh * (1 - a - b - kh * kh)) / ((1 - a) * (1 - b));
}

double non_overlapping_dependence(const struct non_overlapping *r, double jk, double hm)
{
    double jh = r->jh, jm = r->jm, kh = r->kh, km = r->km;
    double sum = (jh - jk * kh) * (km - kh * hm) + (jm - jh * hm) * (kh - jk * jh) +
                 (jh - jm * hm) * (km - jk * jm) + (jm - jk * km) * (kh - km * hm);
    return sum / (2 * (1 - jk * jk) * (1 - hm * hm));
}

void comparison_dunn_clark(double r_1, double r_2, double dependence, double n,
                           struct comparison *c)
{
    comparison_z((atanh(r_1) - atanh(r_2)) * sqrt((n - 3) / (2 - 2 * dependence)), c);
}

double comparison_mean_r(double r_1, double r_2)
{
    return tanh((atanh(r_1) + atanh(r_2)) / 2);
}

void comparison_zou(const struct independent *r, double dependence, double conf_level,
                    struct comparison *c)
{
    double q = gsl_cdf_ugaussian_Qinv((1 - conf_level) / 2);
    double z_1 = atanh(r->r_1), half_1 = q * sqrt(r->variance_1);
    double z_2 = atanh(r->r_2), half_2 = q * sqrt(r->variance_2);
    double down_1 = r->r_1 - tanh(z_1 - half_1), up_1 = tanh(z_1 + half_1) - r->r_1;
    double down_2 = r->r_2 - tanh(z_2 - half_2), up_2 = tanh(z_2 + half_2) - r->r_2;
    double low = down_1 * down_1 + up_2 * up_2 - 2 * dependence * down_1 * up_2;
    double high = up_1 * up_1 + down_2 * down_2 - 2 * dependence * up_1 * down_2;
    c->conf_low = c->difference - sqrt(fmax(0, low));
    c->conf_high = c->difference + sqrt(fmax(0, high));
}
