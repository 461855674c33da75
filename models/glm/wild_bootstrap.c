/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/glm/wild_bootstrap.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "models/glm/estimate.h"
#include "models/glm/rows.h"

/* What a test needs of a model: the clusters and the coefficient. */
struct tested {
    const struct glm *glm;
    const struct rows_of *r;
    const uint32_t *code;       /* [n] */
    size_t n_clusters, j, used; /* the coefficient in the design, and among the columns in use */
    const struct wild_options *options;
    struct wild_test *test;
};

/* ---- scores of clusters ---- */

/* Sums by cluster at some beta, for the direction of one coefficient. */
struct sums {
    struct wild_scores scores;
    double *score, *bend, *direction;
    double length; /* of the direction before it is brought to 1 */
};

/* beta [k] of coefficients b [p]: the inverse of rows_coefficients. */
static void coordinates_of(const struct rows_of *r, const double *b, double *beta)
{
    double first = r->offset_mean;
    for (size_t j = 0; j < r->k; j++) {
        beta[j] = b[r->column[j]] / r->scale[j];
        first += j == r->ones ? 0 : b[r->column[j]] * r->centre[j];
    }
    if (r->ones < r->k)
        beta[r->ones] += first / r->scale[r->ones];
}

/* The coefficient as a function of beta, then of theta = triangle beta. */
static void set_direction(const struct tested *t, const double *triangle, struct sums *s,
                          double *part)
{
    const struct rows_of *r = t->r;
    double square = 0;
    for (size_t m = 0; m < r->k; m++) {
        part[m] = m == t->used ? r->scale[m] : 0;
        if (t->used == r->ones && m != r->ones)
            part[m] = -r->scale[m] * r->centre[m];
    }
    rows_whiten(r, triangle, part, s->direction);
    for (size_t m = 0; m < r->k; m++)
        square += s->direction[m] * s->direction[m];
    s->length = sqrt(square);
    for (size_t m = 0; m < r->k; m++)
        s->direction[m] /= s->length;
}

static void add_row(const struct tested *t, size_t i, double eta, const double *x, struct sums *s)
{
    const struct rows_of *r = t->r;
    size_t k = r->k, at = t->code[i] * k;
    double mu = r->link->mean(eta), w = r->w ? r->w[i] : 1;
    double score = w * (r->y[i] - mu) * r->link->slope(eta) / r->family->variance(mu, r->theta);
    double along = 0;
    for (size_t m = 0; m < k; m++)
        along += x[m] * s->direction[m];
    along *= rows_weight(r, i, eta);
    for (size_t m = 0; m < k; m++) {
        s->score[at + m] += score * x[m];
        s->bend[at + m] += along * x[m];
    }
}

/* At beta, where the information is that of the triangle. */
static struct sums sums_at(const struct tested *t, const double *beta, const double *triangle,
                           struct arena *scratch)
{
    const struct rows_of *r = t->r;
    size_t k = r->k, size = t->n_clusters * k;
    struct sums s = {.score = ARENA_NEW(scratch, double, size),
                     .bend = ARENA_NEW(scratch, double, size),
                     .direction = ARENA_NEW(scratch, double, k)};
    double *u = ARENA_NEW(scratch, double, k), *x = ARENA_NEW(scratch, double, k);
    set_direction(t, triangle, &s, u);
    for (size_t i = 0; i < r->n; i++) {
        if (r->w && !(r->w[i] > 0))
            continue;
        rows_coordinates(r, i, u);
        rows_whiten(r, triangle, u, x);
        add_row(t, i, rows_predictor(r, i, beta), x, &s);
    }
    s.scores = (struct wild_scores){t->n_clusters, k, s.score, NULL, s.bend, s.direction};
    return s;
}

/* ---- a restricted fit for each null ---- */

/* The design's columns in use but that of the coefficient, which is an offset. */
static struct design restricted_design(const struct tested *t, double null, struct arena *scratch)
{
    const struct rows_of *r = t->r;
    size_t p = r->k - 1;
    struct design d = {.n = r->n, .p = p, .y = r->y};
    double *x = ARENA_NEW(scratch, double, r->n *p + 1);
    double *offset = ARENA_NEW(scratch, double, r->n);
    const char **name = ARENA_NEW(scratch, const char *, p + 1);
    for (size_t i = 0; i < r->n; i++) {
        size_t at = 0;
        for (size_t m = 0; m < r->k; m++)
            if (m != t->used)
                x[i * p + at++] = r->x[i * r->p + r->column[m]];
        offset[i] = (r->offset ? r->offset[i] : 0) + null * r->x[i * r->p + t->j];
    }
    for (size_t m = 0; m < p; m++)
        name[m] = "";
    d.x = x;
    d.offset = offset;
    d.name = name;
    return d;
}

/* The coefficients under the null, in coordinates; false where there are none. */
static bool restricted_fit(const struct tested *t, double null, double *beta, struct arena *scratch)
{
    const struct rows_of *r = t->r;
    struct design d = restricted_design(t, null, scratch);
    struct glm_options o = {.family = r->family,
                            .link = r->link,
                            .theta = r->theta,
                            .weight = r->w,
                            .threads = r->threads};
    struct glm restricted;
    double *b = ARENA_NEW(scratch, double, r->p);
    glm_fit_without_null(&d, &o, &restricted, scratch);
    bool fitted = restricted.fit.status == FIT_CONVERGED || restricted.fit.status == FIT_PERFECT;
    size_t at = 0;
    for (size_t m = 0; m < r->k; m++) {
        b[r->column[m]] = m == t->used ? null : restricted.fit.estimate[at++];
        fitted = fitted && isfinite(b[r->column[m]]);
    }
    coordinates_of(r, b, beta);
    return fitted;
}

/* The replicates under a null, whose estimates are theirs at a delta of 0. */
static bool draw_under(const struct tested *t, double null, struct wild_draws *draws,
                       struct arena *scratch)
{
    double *beta = ARENA_NEW(scratch, double, t->r->k);
    struct pass pass;
    if (!restricted_fit(t, null, beta, scratch))
        return false;
    pass_init(t->r, &pass, scratch);
    rows_pass(t->r, beta, &pass);
    if (!pass.valid)
        return false;
    struct sums s = sums_at(t, beta, pass.r, scratch);
    wild_draw(&s.scores, t->options, draws, scratch);
    return isfinite(s.length);
}

static double p_under(double null, void *context)
{
    struct arena *scratch = arena_new();
    struct wild_draws draws;
    double p = NAN;
    if (draw_under(context, null, &draws, scratch))
        p = wild_p_value(&draws, 0);
    arena_free(scratch);
    return p;
}

/* ---- all ---- */

/* Least squares: every null from the same draws. */
static void test_linear(const struct tested *t, const struct sums *s, double null,
                        struct arena *scratch)
{
    struct wild_scores scores = s->scores;
    scores.slope = s->bend;
    wild_linear_test(&scores, s->length, t->glm->fit.estimate[t->j], null, t->options, t->test,
                     scratch);
}

static void test_scores(struct tested *t, const struct sums *s, double null, struct arena *scratch)
{
    struct wild_draws draws;
    bool limits = t->options->conf_level > 0;
    if (draw_under(t, null, &draws, scratch))
        wild_take_draws(t->test, &draws, 0);
    if (limits)
        wild_interval(p_under, t, t->glm->fit.estimate[t->j],
                      wild_std_error(&s->scores) * s->length, 100, 1e-6, t->options->conf_level,
                      &t->test->conf_low, &t->test->conf_high);
    wild_settle(t->test, limits);
}

void glm_wild_test(const struct glm *glm, const struct glm_clusters *clusters, size_t j,
                   double null, const struct wild_options *options, struct wild_test *test,
                   struct arena *scratch)
{
    assert(clusters->n_ways == 1 && j < glm->fit.n_params);
    wild_test_init(test, FIT_UNIDENTIFIED);
    if (!glm->rows || isnan(glm->fit.estimate[j]) || glm->penalty != 0)
        return;
    if (glm->fit.status == FIT_PERFECT) {
        test->status = FIT_PERFECT;
        return;
    }
    const struct rows_of *r = glm->rows;
    uint32_t *code = ARENA_NEW(scratch, uint32_t, r->n);
    test->n_clusters =
        wild_clusters(r->n, clusters->code[0], clusters->n_clusters[0], r->w, code, scratch);
    if (test->n_clusters < 2) {
        test->status = FIT_FEW_CLUSTERS;
        return;
    }
    struct tested t = {glm, r, code, test->n_clusters, j, 0, options, test};
    while (t.used < r->k && r->column[t.used] != j)
        t.used++;
    if (t.used == r->k)
        return;
    struct sums s = sums_at(&t, glm->beta, glm->triangle, scratch);
    if (r->family == &family_gaussian && r->link == &link_identity)
        test_linear(&t, &s, null, scratch);
    else
        test_scores(&t, &s, null, scratch);
}
