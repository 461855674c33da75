/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/limited/score_covariance.h"

#include <math.h>
#include <string.h>

#include "models/base/order.h"

static double weight_of(const struct score_rows *rows, size_t i)
{
    return rows->w ? rows->w[i] : 1;
}

/* meat += times s s'. */
static void add_square(const double *s, size_t k, double times, double *meat)
{
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            meat[i * k + j] += times * s[i] * s[j];
}

/* A weighted score of frequency f is f equal scores: f (s / f)^2. */
static void add_rows(const struct score_rows *rows, size_t k, double times, double *meat)
{
    for (size_t i = 0; i < rows->n; i++) {
        double w = weight_of(rows, i);
        double each = rows->weight_kind == WEIGHT_FREQUENCY ? 1 / w : 1;
        if (w > 0)
            add_square(rows->score + i * k, k, times * each, meat);
    }
}

/* sign G / (G - 1) times the squared sums over clusters; false for fewer than two. */
static bool add_clusters(const struct score_rows *rows, size_t k, const uint32_t *code,
                         size_t n_clusters, double sign, double *meat, struct arena *scratch)
{
    double *sum = ARENA_NEW(scratch, double, n_clusters *k), groups = 0;
    bool *has = ARENA_NEW(scratch, bool, n_clusters);
    for (size_t i = 0; i < rows->n; i++) {
        if (!(weight_of(rows, i) > 0))
            continue;
        has[code[i]] = true;
        for (size_t j = 0; j < k; j++)
            sum[code[i] * k + j] += rows->score[i * k + j];
    }
    for (size_t g = 0; g < n_clusters; g++)
        groups += has[g];
    for (size_t g = 0; groups > 1 && g < n_clusters; g++)
        add_square(sum + g * k, k, sign * groups / (groups - 1), meat);
    return groups > 1;
}

/* Numbers of the pairs of codes that rows have, from 0. */
static uint32_t *both_codes(const struct score_rows *rows, const struct score_clusters *c,
                            size_t *n_pairs, struct arena *scratch)
{
    uint32_t *code = ARENA_NEW(scratch, uint32_t, rows->n), *order;
    double *pair = ARENA_NEW(scratch, double, rows->n);
    *n_pairs = 0;
    for (size_t i = 0; i < rows->n; i++)
        pair[i] = (double)c->code[0][i] * (double)c->n_clusters[1] + c->code[1][i];
    order = order_real(pair, rows->n, scratch);
    for (size_t i = 0; i < rows->n; i++) {
        if (i == 0 || pair[order[i]] != pair[order[i - 1]])
            ++*n_pairs;
        code[order[i]] = (uint32_t)(*n_pairs - 1);
    }
    return code;
}

static bool add_meat(const struct score_rows *rows, const struct score_clusters *c, size_t k,
                     double *meat, struct arena *scratch)
{
    bool enough = true;
    if (!c || c->n_ways == 0)
        add_rows(rows, k, 1, meat);
    for (size_t way = 0; c && way < c->n_ways; way++)
        enough =
            add_clusters(rows, k, c->code[way], c->n_clusters[way], 1, meat, scratch) && enough;
    if (c && c->n_ways == 2 && c->by_rows > 0) {
        add_rows(rows, k, -c->by_rows, meat);
    } else if (c && c->n_ways == 2) {
        size_t n_pairs;
        const uint32_t *both = both_codes(rows, c, &n_pairs, scratch);
        enough = add_clusters(rows, k, both, n_pairs, -1, meat, scratch) && enough;
    }
    return enough;
}

/* vcov = bread meat bread. */
static void sandwich(const double *bread, const double *meat, size_t k, double *vcov,
                     struct arena *scratch)
{
    double *half = ARENA_NEW(scratch, double, k *k);
    memset(vcov, 0, k * k * sizeof *vcov);
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            for (size_t h = 0; h < k; h++)
                half[i * k + j] += bread[i * k + h] * meat[h * k + j];
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            for (size_t h = 0; h < k; h++)
                vcov[i * k + j] += half[i * k + h] * bread[h * k + j];
}

enum fit_status score_covariance(const struct fit *fit, const struct score_rows *rows,
                                 const struct score_clusters *clusters, double vcov[],
                                 struct arena *scratch)
{
    size_t k = fit->n_params, known = 0;
    double *meat = ARENA_NEW(scratch, double, k *k), *bread = ARENA_NEW(scratch, double, k *k);
    bool enough = add_meat(rows, clusters, k, meat, scratch), negative = false;
    for (size_t j = 0; j < k * k; j++)
        bread[j] = isnan(fit->vcov[j]) ? 0 : fit->vcov[j];
    sandwich(bread, meat, k, vcov, scratch);
    for (size_t j = 0; j < k; j++) {
        known += !isnan(fit->vcov[j * k + j]);
        negative = negative || vcov[j * k + j] < 0;
    }
    for (size_t j = 0; j < k * k; j++)
        if (isnan(fit->vcov[j]) || !enough)
            vcov[j] = NAN;
    return known == 0 ? FIT_UNIDENTIFIED
           : !enough  ? FIT_FEW_CLUSTERS
           : negative ? FIT_IMPROPER
                      : FIT_CONVERGED;
}
