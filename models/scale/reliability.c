/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/scale/reliability.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>

#include "models/base/critical.h"
#include "models/base/sum.h"
#include "models/scale/item_covariance.h"

/* Sums over the covariance matrix of the items: without item `but` (k: none). */
struct block {
    double trace, all;
};

static struct block block_sum(const double *cov, size_t k, size_t but)
{
    struct sum trace = {0}, all = {0};
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            if (i != but && j != but) {
                sum_add(&all, cov[i * k + j]);
                if (i == j)
                    sum_add(&trace, cov[i * k + j]);
            }
    return (struct block){sum_value(&trace), sum_value(&all)};
}

/* The sum of k items varies only by rounding. */
static bool flat(struct block b, size_t k)
{
    return b.all <= 1e-13 * (double)k * b.trace;
}

static double alpha_of(struct block b, size_t k)
{
    if (k < 2 || flat(b, k))
        return NAN;
    return (double)k / ((double)k - 1) * (1 - b.trace / b.all);
}

static double mean_correlation(const double *cov, const struct reliability *r)
{
    struct sum total = {0};
    size_t k = r->n_items;
    for (size_t j = 0; j < k; j++)
        for (size_t l = 0; l < j; l++)
            sum_add(&total, cov[j * k + l] / (r->item_sd[j] * r->item_sd[l]));
    return sum_value(&total) / ((double)k * ((double)k - 1) / 2);
}

/* Correlation of item j with the sum of the others. */
static double item_rest(const double *cov, const struct reliability *r, size_t j)
{
    struct sum with_rest = {0};
    size_t k = r->n_items;
    for (size_t l = 0; l < k; l++)
        if (l != j)
            sum_add(&with_rest, cov[j * k + l]);
    struct block rest = block_sum(cov, k, j);
    if (r->item_sd[j] == 0 || flat(rest, k - 1))
        return NAN;
    double rho = sum_value(&with_rest) / (r->item_sd[j] * sqrt(rest.all));
    return fmax(-1, fmin(1, rho));
}

static void feldt(struct reliability *r, double conf_level)
{
    double df = r->n - 1, df_within = df * ((double)r->n_items - 1), tail = (1 - conf_level) / 2;
    r->conf_low = 1 - (1 - r->alpha) * f_upper(tail, df, df_within);
    r->conf_high = 1 - (1 - r->alpha) * f_lower(tail, df, df_within);
}

static struct reliability without_figures(size_t k, struct arena *keep)
{
    struct reliability r = {.status = FIT_TOO_FEW,
                            .n_items = k,
                            .alpha = NAN,
                            .conf_low = NAN,
                            .conf_high = NAN,
                            .std_alpha = NAN,
                            .mean_correlation = NAN,
                            .item_mean = ARENA_NEW(keep, double, k),
                            .item_sd = ARENA_NEW(keep, double, k),
                            .item_rest = ARENA_NEW(keep, double, k),
                            .alpha_if_dropped = ARENA_NEW(keep, double, k)};
    for (size_t j = 0; j < k; j++)
        r.item_mean[j] = r.item_sd[j] = r.item_rest[j] = r.alpha_if_dropped[j] = NAN;
    return r;
}

struct reliability reliability_alpha(const double *item, const double *frequency, size_t n,
                                     size_t k, double conf_level, struct arena *keep)
{
    assert(conf_level > 0 && conf_level < 1);
    struct reliability r = without_figures(k, keep);
    r.n = item_count(frequency, n);
    if (k < 2 || !(r.n > 1))
        return r;
    struct arena *scratch = arena_new();
    const double *cov = item_covariance(item, frequency, n, k, r.item_mean, scratch);
    for (size_t j = 0; j < k; j++)
        r.item_sd[j] = sqrt(cov[j * k + j]);
    r.alpha = alpha_of(block_sum(cov, k, k), k);
    r.status = isnan(r.alpha) ? FIT_CONSTANT : FIT_OK;
    if (r.status == FIT_OK)
        feldt(&r, conf_level);
    for (size_t j = 0; j < k; j++) {
        if (r.item_sd[j] == 0)
            r.status = FIT_CONSTANT;
        r.item_rest[j] = item_rest(cov, &r, j);
        r.alpha_if_dropped[j] = alpha_of(block_sum(cov, k, j), k - 1);
    }
    double rbar = mean_correlation(cov, &r), kk = (double)k;
    if (isfinite(rbar)) {
        r.mean_correlation = rbar;
        /* Standardised items whose sum does not vary: like flat() above. */
        double whole = 1 + (kk - 1) * rbar;
        r.std_alpha = whole <= 1e-13 * kk ? NAN : kk * rbar / whole;
    }
    arena_free(scratch);
    return r;
}

double spearman_brown(double r, double lengthening)
{
    double whole = 1 + (lengthening - 1) * r;
    return r >= -1 && r <= 1 && lengthening > 0 && whole > 0 ? lengthening * r / whole : NAN;
}
