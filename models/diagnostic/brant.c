/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/diagnostic/brant.h"

#include <math.h>

#include "models/base/order.h"
#include "models/base/sum.h"
#include "models/glm/estimate.h"
#include "models/margins/wald.h"

/* The binary regressions, with the same regressors. */
struct binaries {
    struct design design; /* a constant, then the slopes' columns */
    const double *w;
    size_t n, k, m;    /* rows; columns with the constant; thresholds */
    size_t *term;      /* [k] */
    bool below;        /* of "not above", whose signs are turned */
    const double *cut; /* [m] the answers below each threshold end in it */
    struct glm *glm;   /* [m] */
    size_t n_slopes;   /* k - 1 */
};

static bool applies(const struct outcome_fit *fit)
{
    return fit->ordinal && fit->ordinal->n_scale == 0 &&
           (!fit->data.w || fit->data.weight_kind != WEIGHT_SAMPLING);
}

/* The link in which "above" (or "not above") is linear: the logit, the probit and the cauchit are
   symmetric; 1 - F of loglog is the inverse of cloglog. */
static const struct link *binary_link(const struct threshold *threshold, bool *below)
{
    *below = threshold == &threshold_cloglog;
    return threshold == &threshold_loglog ? &link_cloglog : link_find(threshold->name);
}

/* The distinct answers but the last. */
static void set_cuts(const struct outcome_fit *fit, struct binaries *b, struct arena *scratch)
{
    double *y = ARENA_NEW(scratch, double, b->n), *cut = ARENA_NEW(scratch, double, b->n + 1);
    size_t n = 0, m = 0;
    for (size_t i = 0; i < b->n; i++)
        if (!b->w || b->w[i] > 0)
            y[n++] = fit->data.design->y[i];
    sort_real(y, n);
    for (size_t i = 0; i + 1 < n; i++)
        if (y[i] != y[i + 1])
            cut[m++] = y[i];
    b->cut = cut;
    b->m = m;
}

/* Columns are taken about their means: slopes do not change, and products keep their digits. */
static void centre(double *x, size_t n, size_t k)
{
    for (size_t j = 1; j < k; j++) {
        struct sum total = {0};
        for (size_t i = 0; i < n; i++)
            sum_add(&total, x[i * k + j]);
        for (size_t i = 0; i < n; i++)
            x[i * k + j] -= sum_value(&total) / (double)n;
    }
}

static void set_design(const struct outcome_fit *fit, struct binaries *b, struct arena *scratch)
{
    const struct design *d = fit->data.design;
    size_t *column = ARENA_NEW(scratch, size_t, d->p + 1);
    b->term = ARENA_NEW(scratch, size_t, d->p + 1);
    b->term[0] = SIZE_MAX;
    b->k = 1;
    for (size_t j = 0; j < d->p; j++)
        if (d->term[j] != SIZE_MAX) {
            column[b->k] = j;
            b->term[b->k++] = d->term[j];
        }
    double *x = ARENA_NEW(scratch, double, d->n * b->k);
    for (size_t i = 0; i < d->n; i++) {
        x[i * b->k] = 1;
        for (size_t j = 1; j < b->k; j++)
            x[i * b->k + j] = d->x[i * d->p + column[j]];
    }
    centre(x, d->n, b->k);
    b->design = (struct design){.n = d->n, .p = b->k, .x = x, .term = b->term, .intercept = true};
    b->design.name = ARENA_NEW(scratch, const char *, b->k);
    b->n_slopes = b->k - 1;
    if (!d->offset)
        return;
    double *offset = ARENA_NEW(scratch, double, d->n);
    for (size_t i = 0; i < d->n; i++)
        offset[i] = b->below ? -d->offset[i] : d->offset[i];
    b->design.offset = offset;
}

static enum fit_status fit_all(const struct outcome_fit *fit, const struct link *link,
                               struct binaries *b, struct arena *scratch)
{
    struct glm_options options = {.family = &family_binomial,
                                  .link = link,
                                  .weight = b->w,
                                  .weight_kind = WEIGHT_FREQUENCY,
                                  .threads = fit->ordinal->model.threads};
    b->glm = ARENA_NEW(scratch, struct glm, b->m);
    for (size_t j = 0; j < b->m; j++) {
        struct design *d = arena_copy(scratch, &b->design, 1, sizeof *d);
        double *z = ARENA_NEW(scratch, double, b->n);
        for (size_t i = 0; i < b->n; i++)
            z[i] = (fit->data.design->y[i] > b->cut[j]) != b->below;
        d->y = z;
        glm_fit_without_null(d, &options, &b->glm[j], scratch);
        if (b->glm[j].fit.status != FIT_CONVERGED)
            return b->glm[j].fit.status;
    }
    return FIT_OK;
}

/* How the score of row i answers to its response. */
static double score_weight(const struct glm *glm, size_t i)
{
    return glm->link->slope(glm->eta[i]) / glm->family->variance(glm->mu[i], NAN);
}

/* sum of x x' times the covariance of the scores of two thresholds, s < t: P(above both) is that
   of the higher, P(above neither) that of the lower. */
static void score_products(const struct binaries *b, size_t s, size_t t, double *sum)
{
    const struct glm *one = &b->glm[s], *other = &b->glm[t];
    size_t k = b->k;
    for (size_t i = 0; i < k * k; i++)
        sum[i] = 0;
    for (size_t i = 0; i < b->n; i++) {
        const double *x = b->design.x + i * k;
        double least = b->below ? one->mu[i] : other->mu[i];
        double both = (least - one->mu[i] * other->mu[i]) * score_weight(one, i) *
                      score_weight(other, i) * (b->w ? b->w[i] : 1);
        for (size_t c = 0; c < k && both != 0; c++)
            for (size_t e = 0; e < k; e++)
                sum[c * k + e] += both * x[c] * x[e];
    }
}

/* out = a m c', all [k * k]; room for k * k. */
static void between(const double *a, const double *m, const double *c, size_t k, double *room,
                    double *out)
{
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++) {
            double total = 0;
            for (size_t l = 0; l < k; l++)
                total += a[i * k + l] * m[l * k + j];
            room[i * k + j] = total;
        }
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++) {
            double total = 0;
            for (size_t l = 0; l < k; l++)
                total += room[i * k + l] * c[j * k + l];
            out[i * k + j] = total;
        }
}

/* The joint covariance of the slopes, [m * slopes] squared. */
static double *joint_covariance(const struct binaries *b, struct arena *scratch)
{
    size_t k = b->k, q = b->n_slopes, all = b->m * q;
    double *v = ARENA_NEW(scratch, double, all *all), *sum = ARENA_NEW(scratch, double, k *k);
    double *room = ARENA_NEW(scratch, double, k *k), *part = ARENA_NEW(scratch, double, k *k);
    for (size_t s = 0; s < b->m; s++)
        for (size_t t = s; t < b->m; t++) {
            const double *shown = b->glm[s].bread;
            if (s != t) {
                score_products(b, s, t, sum);
                between(b->glm[s].bread, sum, b->glm[t].bread, k, room, part);
                shown = part;
            }
            for (size_t i = 0; i < q; i++)
                for (size_t j = 0; j < q; j++)
                    v[(s * q + i) * all + t * q + j] = v[(t * q + j) * all + s * q + i] =
                        shown[(i + 1) * k + j + 1];
        }
    return v;
}

/* The differences of slopes at each threshold but the first from those at the first, as a fit. */
static struct fit differences(const struct binaries *b, struct arena *scratch)
{
    size_t q = b->n_slopes, rows = (b->m - 1) * q, all = b->m * q;
    const double *v = joint_covariance(b, scratch);
    const char **name = ARENA_NEW(scratch, const char *, rows);
    struct fit d;
    fit_init(&d, rows, name, scratch);
    d.df_test = INFINITY;
    for (size_t i = 0; i < rows; i++) {
        d.estimate[i] =
            b->glm[i / q + 1].fit.estimate[i % q + 1] - b->glm[0].fit.estimate[i % q + 1];
        for (size_t j = 0; j < rows; j++)
            d.vcov[i * rows + j] = v[(i + q) * all + j + q] - v[(i + q) * all + j % q] -
                                   v[(i % q) * all + j + q] + v[(i % q) * all + j % q];
    }
    return d;
}

/* Of the slopes of a term, or of all (SIZE_MAX). */
static void compare(const struct binaries *b, const struct fit *d, size_t term,
                    struct check_result *result, struct arena *scratch)
{
    size_t *at = ARENA_NEW(scratch, size_t, d->n_params), n = 0;
    struct wald wald;
    for (size_t i = 0; i < d->n_params; i++) {
        size_t slope = i % b->n_slopes + 1;
        bool own = term == SIZE_MAX || b->term[slope] == term;
        if (own && !b->glm[0].aliased[slope])
            at[n++] = i;
    }
    wald_zero(d, at, n, &wald);
    result->status = wald.status;
    if (wald.status == FIT_OK)
        check_chi_squared(result, wald.chi2, wald.df);
}

void brant_test(const struct outcome_fit *fit, size_t n_terms, struct brant *brant,
                struct arena *keep)
{
    const struct check_result none = {FIT_UNIDENTIFIED, NAN, NAN, NAN, NAN, NAN};
    struct arena *scratch = arena_new();
    struct binaries b = {.w = fit->data.w, .n = fit->data.design->n};
    const struct link *link = binary_link(fit->ordinal->threshold, &b.below);
    brant->all = none;
    brant->n_terms = n_terms;
    brant->term = ARENA_NEW(keep, struct check_result, n_terms);
    for (size_t t = 0; t < n_terms; t++)
        brant->term[t] = none;
    set_cuts(fit, &b, scratch);
    set_design(fit, &b, scratch);
    if (b.m > 1 && b.n_slopes > 0)
        brant->all.status = fit_all(fit, link, &b, scratch);
    if (brant->all.status == FIT_OK) {
        struct fit d = differences(&b, scratch);
        compare(&b, &d, SIZE_MAX, &brant->all, scratch);
        for (size_t t = 0; t < n_terms; t++)
            compare(&b, &d, t, &brant->term[t], scratch);
    } else {
        for (size_t t = 0; t < n_terms; t++)
            brant->term[t].status = brant->all.status;
    }
    arena_free(scratch);
}

static void check(const struct outcome_fit *fit, struct check_result *result, struct arena *scratch)
{
    struct brant brant;
    brant_test(fit, 0, &brant, scratch);
    *result = brant.all;
}

const struct model_check check_brant = {
    "brant",
    "Brant's test of proportional odds: are the slopes the same at every threshold?",
    "Brant 1990, Biometrics 46, 1171-1178",
    applies,
    check,
};
