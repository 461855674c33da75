/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/outcome/wild.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include <gsl/gsl_linalg.h>

/* The likelihood that a parameter belongs to, and which of its own it is. */
struct place {
    const struct likelihood *model;
    const double *at;
    const struct fit *fit;
    size_t j;
};

static bool find_place(const struct outcome_fit *fit, size_t j, struct place *place)
{
    const struct two_part_fit *two = fit->two_part;
    if (fit->ordinal)
        *place = (struct place){&fit->ordinal->model, fit->ordinal->at, &fit->ordinal->fit, j};
    else if (fit->tobit)
        *place = (struct place){&fit->tobit->model, fit->tobit->at, &fit->tobit->fit, j};
    else if (fit->count)
        *place = (struct place){&fit->count->model, fit->count->at, &fit->count->fit, j};
    else if (two && j < two->amount.n_params)
        *place = (struct place){&two->amount_model, two->at_amount, &two->amount, j};
    else if (two && j < two->amount.n_params + two->any.n_params)
        *place = (struct place){&two->any_model, two->at_any, &two->any, j - two->amount.n_params};
    else
        return false;
    return j < fit->fit.n_params && isfinite(fit->fit.estimate[j]);
}

/* The parameters that have an error: used [k] of the model's. */
static size_t find_used(const struct place *place, size_t *used)
{
    size_t k = 0, n = place->model->n_params;
    for (size_t a = 0; a < n; a++)
        if (isfinite(place->fit->estimate[a]) && place->fit->vcov[a * n + a] > 0)
            used[k++] = a;
    return k;
}

/* Scores [k] and information [k * k] of each cluster, in the parameters that are used. */
struct parts {
    size_t n_clusters, k;
    double *score, *information, *whole;
};

static void find_parts(const struct place *place, const uint32_t *code, const size_t *used,
                       struct parts *parts, struct arena *scratch)
{
    struct likelihood of_one = *place->model;
    size_t k = parts->k, n = of_one.n_params;
    double *w = ARENA_NEW(scratch, double, of_one.n);
    double *gradient = ARENA_NEW(scratch, double, n), *hessian = ARENA_NEW(scratch, double, n *n);
    struct arena *own = arena_new();
    of_one.w = w;
    of_one.threads = 1;
    for (size_t g = 0; g < parts->n_clusters; g++) {
        arena_reset(own);
        for (size_t i = 0; i < of_one.n; i++)
            w[i] = code[i] != g ? 0 : place->model->w ? place->model->w[i] : 1;
        likelihood_at(&of_one, place->at, gradient, hessian, own);
        for (size_t a = 0; a < k; a++) {
            parts->score[g * k + a] = gradient[used[a]];
            for (size_t b = 0; b < k; b++) {
                double value = -hessian[used[a] * n + used[b]];
                parts->information[(g * k + a) * k + b] = value;
                parts->whole[a * k + b] += value;
            }
        }
    }
    arena_free(own);
}

/* v [k] becomes root^-1 v, root the lower triangle of Cholesky's. */
static void whiten(const double *root, size_t k, double *v)
{
    for (size_t a = 0; a < k; a++) {
        for (size_t b = 0; b < a; b++)
            v[a] -= root[a * k + b] * v[b];
        v[a] /= root[a * k + a];
    }
}

/* And root^-T v. */
static void whiten_transposed(const double *root, size_t k, double *v)
{
    for (size_t a = k; a-- > 0;) {
        for (size_t b = a + 1; b < k; b++)
            v[a] -= root[b * k + a] * v[b];
        v[a] /= root[a * k + a];
    }
}

/* In the coordinates root' b, in which the information of all clusters is the identity. */
static double set_scores(struct parts *parts, size_t at, struct wild_scores *s,
                         struct arena *scratch)
{
    size_t k = parts->k;
    double *direction = ARENA_NEW(scratch, double, k), *turned = ARENA_NEW(scratch, double, k);
    double *bend = ARENA_NEW(scratch, double, parts->n_clusters *k), square = 0;
    direction[at] = 1;
    whiten(parts->whole, k, direction);
    for (size_t a = 0; a < k; a++)
        square += direction[a] * direction[a];
    for (size_t a = 0; a < k; a++)
        turned[a] = direction[a] /= sqrt(square);
    whiten_transposed(parts->whole, k, turned);
    for (size_t g = 0; g < parts->n_clusters; g++) {
        for (size_t a = 0; a < k; a++)
            for (size_t b = 0; b < k; b++)
                bend[g * k + a] += parts->information[(g * k + a) * k + b] * turned[b];
        whiten(parts->whole, k, bend + g * k);
        whiten(parts->whole, k, parts->score + g * k);
    }
    *s = (struct wild_scores){parts->n_clusters, k, parts->score, bend, bend, direction};
    return sqrt(square);
}

static void test_linearised(const struct place *place, const uint32_t *code, double null,
                            const struct wild_options *options, struct wild_test *test,
                            struct arena *scratch)
{
    size_t *used = ARENA_NEW(scratch, size_t, place->model->n_params), at = 0;
    struct parts p = {.n_clusters = test->n_clusters, .k = find_used(place, used)};
    struct wild_scores scores;
    p.score = ARENA_NEW(scratch, double, p.n_clusters *p.k);
    p.information = ARENA_NEW(scratch, double, p.n_clusters *p.k *p.k);
    p.whole = ARENA_NEW(scratch, double, p.k *p.k + 1);
    while (at < p.k && used[at] != place->j)
        at++;
    if (at == p.k)
        return;
    find_parts(place, code, used, &p, scratch);
    gsl_matrix_view view = gsl_matrix_view_array(p.whole, p.k, p.k);
    test->status = FIT_SINGULAR;
    if (gsl_linalg_cholesky_decomp1(&view.matrix) != 0)
        return;
    double length = set_scores(&p, at, &scores, scratch);
    wild_linear_test(&scores, length, place->fit->estimate[place->j], null, options, test, scratch);
}

void outcome_wild_test(const struct outcome_fit *fit, const struct glm_clusters *clusters, size_t j,
                       double null, const struct wild_options *options, struct wild_test *test,
                       struct arena *scratch)
{
    struct place place;
    if (fit->glm) {
        glm_wild_test(fit->glm, clusters, j, null, options, test, scratch);
        return;
    }
    assert(clusters->n_ways == 1);
    wild_test_init(test, FIT_UNIDENTIFIED);
    if (!find_place(fit, j, &place))
        return;
    size_t n = place.model->n;
    uint32_t *code = ARENA_NEW(scratch, uint32_t, n);
    test->n_clusters =
        wild_clusters(n, clusters->code[0], clusters->n_clusters[0], place.model->w, code, scratch);
    if (test->n_clusters < 2)
        test->status = FIT_FEW_CLUSTERS;
    else
        test_linearised(&place, code, null, options, test, scratch);
}
