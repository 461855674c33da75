/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/glm/covariance.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "models/base/workers.h"
#include "models/glm/information.h"
#include "models/glm/rows.h"

/* 1 - leverage below this is rounding. */
#define NO_REST 1e-10

static double row_as_is(double leverage, double mean_leverage)
{
    (void)leverage, (void)mean_leverage;
    return 1;
}

static double row_HC2(double leverage, double mean_leverage)
{
    (void)mean_leverage;
    return 1 / (1 - leverage);
}

static double row_HC3(double leverage, double mean_leverage)
{
    (void)mean_leverage;
    return 1 / ((1 - leverage) * (1 - leverage));
}

static double row_HC4(double leverage, double mean_leverage)
{
    return pow(1 - leverage, -fmin(4, leverage / mean_leverage));
}

static double sample_as_is(double n, double p)
{
    (void)n, (void)p;
    return 1;
}

static double sample_HC1(double n, double p)
{
    return n / (n - p);
}

static double sample_cluster(double n, double p)
{
    return (n - 1) / (n - p);
}

#define X(name, title) static const char title_##name[] = title;
GLM_COVARIANCE_LIST(X)
#undef X

const struct glm_covariance glm_covariance_model = {"model",      title_model, NULL,
                                                    sample_as_is, false,       false};
const struct glm_covariance glm_covariance_HC0 = {"HC0",        title_HC0, row_as_is,
                                                  sample_as_is, false,     false};
const struct glm_covariance glm_covariance_HC1 = {"HC1",      title_HC1, row_as_is,
                                                  sample_HC1, false,     false};
const struct glm_covariance glm_covariance_HC2 = {"HC2",        title_HC2, row_HC2,
                                                  sample_as_is, true,      false};
const struct glm_covariance glm_covariance_HC3 = {"HC3",        title_HC3, row_HC3,
                                                  sample_as_is, true,      false};
const struct glm_covariance glm_covariance_HC4 = {"HC4",        title_HC4, row_HC4,
                                                  sample_as_is, true,      false};
const struct glm_covariance glm_covariance_cluster = {"cluster",      title_cluster, row_as_is,
                                                      sample_cluster, false,         true};
const struct glm_covariance glm_covariance_cluster_HC0 = {
    "cluster_HC0", title_cluster_HC0, row_as_is, sample_as_is, false, true};

const struct glm_covariance *const glm_covariances[] = {
#define X(name, title) &glm_covariance_##name,
    GLM_COVARIANCE_LIST(X)
#undef X
};
const size_t n_glm_covariances = sizeof glm_covariances / sizeof *glm_covariances;

const struct glm_covariance *glm_covariance_find(const char *name)
{
    for (size_t i = 0; i < n_glm_covariances; i++)
        if (strcmp(glm_covariances[i]->name, name) == 0)
            return glm_covariances[i];
    return NULL;
}

/* ---- rows ---- */

/* The score of one copy of row i by its linear predictor, and the copies. */
static double score_at(const struct glm *glm, size_t i, double *copies)
{
    double w = glm->w ? glm->w[i] : 1, eta = glm->eta[i], mu = glm->mu[i];
    bool frequency = glm->weight_kind == WEIGHT_FREQUENCY;
    *copies = frequency ? w : 1;
    return (frequency ? 1 : w) * (glm->design->y[i] - mu) * glm->link->slope(eta) /
           glm->family->variance(mu, glm->theta);
}

struct meat {
    const struct glm *glm;
    const struct glm_covariance *kind;
    double mean_leverage;
};

static void add_square(const struct rows_of *r, size_t i, const double *t, const void *context,
                       double *sum)
{
    const struct meat *m = context;
    double copies, score = score_at(m->glm, i, &copies);
    double factor = m->kind->row(m->glm->leverage[i] / copies, m->mean_leverage);
    double square = copies * score * score * factor;
    for (size_t a = 0; a < r->k; a++)
        for (size_t b = 0; b <= a; b++)
            sum[a * r->k + b] += square * t[a] * t[b];
}

static void mirror(double *m, size_t k)
{
    for (size_t a = 0; a < k; a++)
        for (size_t b = 0; b < a; b++)
            m[b * k + a] = m[a * k + b];
}

static enum fit_status meat_of_rows(const struct glm *glm, const struct glm_covariance *kind,
                                    double *sum, struct arena *scratch)
{
    const struct rows_of *r = glm->rows;
    struct meat m = {glm, kind, (double)r->k / glm->fit.n_obs};
    for (size_t i = 0; kind->leverage && i < r->n; i++) {
        double copies = glm->weight_kind == WEIGHT_FREQUENCY && glm->w ? glm->w[i] : 1;
        if (copies > 0 && 1 - glm->leverage[i] / copies < NO_REST)
            return FIT_LEVERAGE;
    }
    rows_sum(r, glm->triangle, r->k * r->k, add_square, &m, sum, scratch);
    mirror(sum, r->k);
    return FIT_CONVERGED;
}

/* ---- clusters ---- */

/* One partition of the rows, and the sums of their scores. */
struct partition {
    const uint32_t *code;
    size_t n;
    double sign;
    double *sum;               /* [n * k] */
    const uint32_t *parent[2]; /* [n] of pairs: their clusters by either way; else NULL */
};

static bool counts(const struct glm *glm, size_t i)
{
    return !glm->w || glm->w[i] > 0;
}

/* The cluster by one way [n_pairs] that each pair belongs to. */
static const uint32_t *parents(const uint32_t *pair, size_t n_pairs, const uint32_t *code, size_t n,
                               struct arena *scratch)
{
    uint32_t *parent = ARENA_NEW(scratch, uint32_t, n_pairs);
    for (size_t i = 0; i < n; i++)
        parent[pair[i]] = code[i];
    return parent;
}

/* Codes of the pairs that occur: rows ordered by the first, and in each group the second numbered
   as it comes. */
static struct partition both(const struct glm *glm, const struct glm_clusters *c,
                             struct arena *scratch)
{
    size_t n = glm->design->n, next = 0;
    uint32_t *code = ARENA_NEW(scratch, uint32_t, n), *order = ARENA_NEW(scratch, uint32_t, n);
    size_t *start = ARENA_NEW(scratch, size_t, c->n_clusters[0] + 2);
    size_t *group = ARENA_NEW(scratch, size_t, c->n_clusters[1]);
    uint32_t *number = ARENA_NEW(scratch, uint32_t, c->n_clusters[1]);
    for (size_t i = 0; i < n; i++)
        start[c->code[0][i] + 2]++;
    for (size_t g = 2; g < c->n_clusters[0] + 2; g++)
        start[g] += start[g - 1];
    for (size_t i = 0; i < n; i++)
        order[start[c->code[0][i] + 1]++] = (uint32_t)i;
    for (size_t j = 0; j < n; j++) {
        size_t i = order[j], second = c->code[1][i], first = c->code[0][i];
        if (group[second] != first + 1) {
            group[second] = first + 1;
            number[second] = (uint32_t)next++;
        }
        code[i] = number[second];
    }
    struct partition pairs = {code, next, -1, NULL, {NULL}};
    for (size_t way = 0; way < 2; way++)
        pairs.parent[way] = parents(code, next, c->code[way], n, scratch);
    return pairs;
}

/* Rows are summed in runs, each with sums of its own, as long as these stay small: how many do not
   depend on the threads. */
enum { RUN = 1 << 16, MOST_RUNS = 16, MOST_SUMS = 3 << 19 };

struct scoring {
    const struct glm *glm;
    double *score; /* [n] of a row by its linear predictor, all copies; 0: it does not count */
    const struct partition *part;
    size_t n_runs;
    double **sum; /* [n_runs] */
};

static void score_task(size_t task, void *context)
{
    const struct scoring *s = context;
    const struct glm *glm = s->glm;
    size_t end = (task + 1) * RUN < glm->design->n ? (task + 1) * RUN : glm->design->n;
    for (size_t i = task * RUN; i < end; i++) {
        double copies, score = score_at(glm, i, &copies);
        bool taken = counts(glm, i) && !(glm->separated && glm->separated[i]);
        s->score[i] = taken ? score * copies : 0;
    }
}

static void sum_task(size_t run, void *context)
{
    const struct scoring *s = context;
    const struct rows_of *r = s->glm->rows;
    size_t end = r->n * (run + 1) / s->n_runs;
    struct arena *own = arena_new();
    double *u = ARENA_NEW(own, double, r->k);
    for (size_t i = r->n * run / s->n_runs; i < end; i++) {
        double *sum = s->sum[run] + s->part->code[i] * r->k;
        if (s->score[i] == 0)
            continue;
        rows_coordinates(r, i, u);
        for (size_t j = 0; j < r->k; j++)
            sum[j] += s->score[i] * u[j];
    }
    arena_free(own);
}

/* The clusters' scores, in which the information is the identity: R^-T of their sums. */
static void whiten_sums(const struct scoring *s)
{
    const struct partition *part = s->part;
    const struct rows_of *r = s->glm->rows;
    struct arena *own = arena_new();
    double *total = ARENA_NEW(own, double, r->k);
    for (size_t g = 0; g < part->n; g++) {
        memset(total, 0, r->k * sizeof *total);
        for (size_t run = 0; run < s->n_runs; run++)
            for (size_t j = 0; j < r->k; j++)
                total[j] += s->sum[run][g * r->k + j];
        rows_whiten(r, s->glm->triangle, total, part->sum + g * r->k);
    }
    arena_free(own);
}

/* The sums by rows of one partition. */
static void add_scores(const struct glm *glm, const struct partition *part, struct arena *scratch)
{
    const struct rows_of *r = glm->rows;
    size_t size = part->n > 0 && r->k > 0 ? part->n * r->k : 1, n_runs = (r->n + RUN - 1) / RUN;
    n_runs = n_runs < MOST_RUNS ? n_runs : MOST_RUNS;
    n_runs = n_runs < MOST_SUMS / size ? n_runs : MOST_SUMS / size;
    struct scoring s = {glm, ARENA_NEW(scratch, double, r->n), part, n_runs ? n_runs : 1, NULL};
    s.sum = ARENA_NEW(scratch, double *, s.n_runs);
    for (size_t run = 0; run < s.n_runs; run++)
        s.sum[run] = ARENA_NEW(scratch, double, size);
    workers_run((r->n + RUN - 1) / RUN, r->threads, score_task, &s);
    workers_run(s.n_runs, r->threads, sum_task, &s);
    whiten_sums(&s);
}

/* The sums of either way from those of the pairs, which are fewer than the rows. */
static void fold_pairs(const struct partition *pairs, struct partition part[2], size_t k)
{
    for (size_t way = 0; way < 2; way++)
        for (size_t g = 0; g < pairs->n; g++)
            for (size_t j = 0; j < k; j++)
                part[way].sum[pairs->parent[way][g] * k + j] += pairs->sum[g * k + j];
}

/* Clusters that some row has. */
static size_t occupied(const struct glm *glm, const struct partition *part, struct arena *scratch)
{
    bool *seen = ARENA_NEW(scratch, bool, part->n);
    size_t n = 0;
    for (size_t i = 0; i < glm->design->n && n < part->n; i++)
        if (counts(glm, i) && !seen[part->code[i]]) {
            seen[part->code[i]] = true;
            n++;
        }
    return n;
}

/* The lower triangle of factor times the sum of squares. */
static void add_partition(const struct partition *part, double factor, size_t k, double *meat)
{
    for (size_t g = 0; g < part->n; g++) {
        const double *sum = part->sum + g * k;
        for (size_t a = 0; a < k; a++)
            for (size_t b = 0; b <= a; b++)
                meat[a * k + b] += factor * sum[a] * sum[b];
    }
}

static enum fit_status meat_of_clusters(const struct glm *glm, const struct glm_clusters *c,
                                        double *meat, struct arena *scratch)
{
    size_t k = glm->rows->k, n_parts = c->n_ways;
    struct partition part[3];
    memset(meat, 0, k * k * sizeof *meat);
    for (size_t w = 0; w < c->n_ways; w++)
        part[w] = (struct partition){c->code[w], c->n_clusters[w], 1, NULL, {NULL}};
    if (c->n_ways == 2 && !c->whole_rows)
        part[n_parts++] = both(glm, c, scratch);
    for (size_t w = 0; w < n_parts; w++)
        part[w].sum = ARENA_NEW(scratch, double, part[w].n *k);
    if (n_parts == 3) {
        add_scores(glm, &part[2], scratch);
        fold_pairs(&part[2], part, k);
    } else {
        for (size_t w = 0; w < n_parts; w++)
            add_scores(glm, &part[w], scratch);
    }
    for (size_t w = 0; w < n_parts; w++) {
        double g = (double)occupied(glm, &part[w], scratch);
        if (g < 2)
            return FIT_FEW_CLUSTERS;
        add_partition(&part[w], part[w].sign * g / (g - 1), k, meat);
    }
    mirror(meat, k);
    return FIT_CONVERGED;
}

/* Takes HC0 of rows off, whose factor under `kind` is to be one. */
static enum fit_status take_rows_off(const struct glm *glm, double factor, double *meat,
                                     struct arena *scratch)
{
    size_t k = glm->rows->k;
    double *rows = ARENA_NEW(scratch, double, k *k);
    enum fit_status status = meat_of_rows(glm, &glm_covariance_HC0, rows, scratch);
    for (size_t j = 0; j < k * k; j++)
        meat[j] -= rows[j] / factor;
    return status;
}

enum fit_status glm_covariance(const struct glm *glm, const struct glm_covariance *kind,
                               const struct glm_clusters *clusters, double *vcov,
                               struct arena *scratch)
{
    size_t p = glm->fit.n_params;
    for (size_t j = 0; j < p * p; j++)
        vcov[j] = kind->row ? NAN : glm->fit.vcov[j];
    assert(!kind->clusters || clusters);
    if (!glm->rows)
        return FIT_UNIDENTIFIED;
    if (!kind->row)
        return FIT_CONVERGED;
    size_t k = glm->rows->k;
    double *meat = ARENA_NEW(scratch, double, k *k), *baked = ARENA_NEW(scratch, double, k *k);
    double factor = kind->sample(glm->fit.n_obs, (double)k);
    enum fit_status status = kind->clusters && clusters
                                 ? meat_of_clusters(glm, clusters, meat, scratch)
                                 : meat_of_rows(glm, kind, meat, scratch);
    if (status == FIT_CONVERGED && kind->clusters && clusters->n_ways == 2 && clusters->whole_rows)
        status = take_rows_off(glm, factor, meat, scratch);
    if (status != FIT_CONVERGED)
        return status;
    information_unwhiten(glm->triangle, k, meat, baked, scratch);
    rows_covariance(glm->rows, baked, vcov, scratch);
    for (size_t j = 0; j < p * p; j++)
        vcov[j] = isnan(glm->fit.estimate[j / p]) || isnan(glm->fit.estimate[j % p])
                      ? NAN
                      : vcov[j] * factor;
    /* Below 0 by two ways of clusters, or by rounding of 0. */
    for (size_t j = 0; j < p; j++)
        if (vcov[j * p + j] < 0 && kind->clusters && clusters->n_ways == 2)
            status = FIT_IMPROPER;
        else if (vcov[j * p + j] < 0)
            vcov[j * p + j] = 0;
    return status;
}
