/* SPDX-License-Identifier: GPL-3.0-or-later
   What holds of best subsets whatever the data: bounds lose nothing, the order of columns does not
   matter, hard data end with a status. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <gsl/gsl_randist.h>

#include "models/base/rng.h"
#include "models/importance/importance.h"
#include "models/subset/fitted.h"
#include "tests/glm_data.h"
#include "tests/subset_case.h"

enum { MOST = 9, ROWS = 40 };

/* ---- trees against every subset ---- */

struct random_tree {
    struct subset_tree tree;
    size_t n_rows;
    const double *x; /* [k][rows] columns */
    const double *y;
};

/* Rows reduced to a triangle one at a time. */
static void reduce(double *r, size_t m, double *row)
{
    for (size_t q = 0; q < m; q++) {
        double a = r[q * m + q], b = row[q], h = hypot(a, b);
        for (size_t j = q; h > 0 && j < m; j++) {
            double t = r[q * m + j];
            r[q * m + j] = (a * t + b * row[j]) / h;
            row[j] = (a * row[j] - b * t) / h;
        }
    }
}

static struct random_tree draw_tree(gsl_rng *rng, bool margins, struct arena *keep)
{
    size_t n = 3 + rng_below(rng, MOST - 2), k = 0;
    size_t *width = ARENA_NEW(keep, size_t, n);
    uint64_t *needs = ARENA_NEW(keep, uint64_t, n);
    for (size_t j = 0; j < n; j++) {
        k += width[j] = 1 + (rng_below(rng, 3) == 0 ? rng_below(rng, 3) : 0);
        if (margins && j >= 2 && rng_below(rng, 2)) {
            needs[j] = (uint64_t)1 << rng_below(rng, j);
            for (size_t i = 0; i < j; i++)
                needs[j] |= needs[j] >> i & 1 ? needs[i] : 0;
        }
    }
    double *x = ARENA_NEW(keep, double, k *ROWS), *y = ARENA_NEW(keep, double, ROWS);
    double *r = ARENA_NEW(keep, double, (k + 1) * (k + 1)), *row = ARENA_NEW(keep, double, k + 1);
    for (size_t i = 0; i < ROWS; i++) {
        double common = gsl_ran_gaussian(rng, 1);
        y[i] = gsl_ran_gaussian(rng, 2);
        for (size_t j = 0; j < k; j++) {
            row[j] = x[j * ROWS + i] = common + gsl_ran_gaussian(rng, 1);
            y[i] += j % 3 == 0 ? 0.3 * row[j] : 0;
        }
        row[k] = y[i];
        reduce(r, k + 1, row);
    }
    return (struct random_tree){{n, width, width, needs, k, r}, ROWS, x, y};
}

/* Residual sum of squares by Gram and Schmidt's orthogonalisation, twice over. */
static double plain_rss(const struct random_tree *t, uint64_t set, struct arena *scratch)
{
    double *basis = ARENA_NEW(scratch, double, (t->tree.k + 1) * ROWS), rss = 0;
    size_t m = 0;
    for (size_t j = 0, c = 0; j <= t->tree.n; j++)
        for (size_t end = c + (j < t->tree.n ? t->tree.width[j] : 1); c < end; c++) {
            double *v = basis + m * ROWS, length = 0;
            if (j < t->tree.n && !(set >> j & 1))
                continue;
            memcpy(v, j < t->tree.n ? t->x + c * ROWS : t->y, ROWS * sizeof *v);
            for (size_t turn = 0; turn < 2 * m; turn++) {
                const double *q = basis + turn % m * ROWS;
                double along = 0;
                for (size_t i = 0; i < ROWS; i++)
                    along += q[i] * v[i];
                for (size_t i = 0; i < ROWS; i++)
                    v[i] -= along * q[i];
            }
            for (size_t i = 0; i < ROWS; i++)
                length += v[i] * v[i];
            if (j == t->tree.n)
                return length;
            for (size_t i = 0; i < ROWS; i++)
                v[i] /= sqrt(length);
            m++;
        }
    return rss;
}

static bool closed(const struct subset_tree *t, uint64_t set)
{
    for (size_t j = 0; j < t->n; j++)
        if (set >> j & 1 && t->needs[j] & ~set)
            return false;
    return true;
}

static size_t size_of(const struct subset_tree *t, uint64_t set)
{
    size_t size = 0;
    for (size_t j = 0; j < t->n; j++)
        size += set >> j & 1 ? t->size[j] : 0;
    return size;
}

static void check_tree(const struct random_tree *t, size_t n_best, struct arena *keep)
{
    const struct subset_tree *tree = &t->tree;
    size_t sets = (size_t)1 << tree->n;
    double *rss = ARENA_NEW(keep, double, sets);
    tree_sweep(tree, rss, keep);
    struct kept_list found = kept_list_of(tree->size, tree->n, n_best, keep);
    struct kept_list brute = kept_list_of(tree->size, tree->n, n_best, keep);
    for (size_t s = 0; s < sets; s++) {
        assert_true(isnan(rss[s]) == !closed(tree, s));
        if (isnan(rss[s]))
            continue;
        assert_digits(rss[s], plain_rss(t, s, keep), 11);
        kept_offer(&brute, s, size_of(tree, s), rss[s]);
    }
    tree_search(tree, &found, keep);
    kept_sort(&found);
    kept_sort(&brute);
    for (size_t s = 0; s < found.n_sizes; s++) {
        assert_int_equal(found.n[s], brute.n[s]);
        for (size_t i = 0; i < found.n[s]; i++) {
            assert_true(found.at[s * n_best + i].terms == brute.at[s * n_best + i].terms);
            assert_digits(found.at[s * n_best + i].deviance, brute.at[s * n_best + i].deviance, 11);
        }
    }
}

static void test_bounds_lose_nothing(void **state)
{
    (void)state;
    for (uint64_t task = 0; task < 200; task++) {
        struct arena *keep = arena_new();
        gsl_rng *rng = rng_stream(9, task, keep);
        struct random_tree t = draw_tree(rng, task % 2, keep);
        check_tree(&t, 1 + task % 5, keep);
        arena_free(keep);
    }
}

/* ---- designs ---- */

struct world {
    size_t n, p;
    double **x, *y, *hit;
};

static struct world draw_world(size_t n, size_t p, uint64_t task, struct arena *keep)
{
    struct world w = {n, p, ARENA_NEW(keep, double *, p + 1), ARENA_NEW(keep, double, n),
                      ARENA_NEW(keep, double, n)};
    gsl_rng *rng = rng_stream(10, task, keep);
    for (size_t j = 1; j <= p; j++)
        w.x[j] = ARENA_NEW(keep, double, n);
    for (size_t i = 0; i < n; i++) {
        double common = gsl_ran_gaussian(rng, 1), eta = 0;
        for (size_t j = 1; j <= p; j++) {
            w.x[j][i] = common + gsl_ran_gaussian(rng, 1);
            eta += j % 2 ? 0.4 * w.x[j][i] / (double)j : 0;
        }
        w.y[i] = eta + gsl_ran_gaussian(rng, 1);
        w.hit[i] = gsl_rng_uniform(rng) < 1 / (1 + exp(-eta));
    }
    return w;
}

static struct subset_table best(const struct design *d, size_t n_best, uint64_t forced,
                                struct glm_options options, struct arena *keep)
{
    struct subset_terms terms = {.n = d->p - d->intercept, .label = d->name + 1, .forced = forced};
    uint32_t *fold = subset_folds(NULL, d->n, 5, 1, keep);
    struct subset_options o = {.n_best = n_best, .n_folds = 5, .fold = fold, .press = true};
    struct subset_table table;
    best_subsets(d, &options, &terms, &o, &table, keep);
    return table;
}

static const struct glm_options linear = {.family = &family_gaussian};
static const struct glm_options logit = {.family = &family_binomial};

static uint64_t backwards(uint64_t set, size_t p)
{
    uint64_t back = 0;
    for (size_t j = 0; j < p; j++)
        back |= (set >> j & 1) << (p - 1 - j);
    return back;
}

static void check_order(const double *const *x, const double *y, size_t n, size_t p,
                        struct glm_options options, struct arena *keep)
{
    const double **turned = ARENA_NEW(keep, const double *, p + 1);
    for (size_t j = 1; j <= p; j++)
        turned[j] = x[p + 1 - j];
    struct design a = design_of_columns(n, p + 1, x, y, keep);
    struct design b = design_of_columns(n, p + 1, turned, y, keep);
    struct subset_table s = best(&a, 2, 0, options, keep), t = best(&b, 2, 0, options, keep);
    assert_int_equal(s.n, t.n);
    for (size_t i = 0; i < s.n; i++) {
        assert_true(s.model[i].terms == backwards(t.model[i].terms, p));
        assert_digits(s.model[i].deviance, t.model[i].deviance, 9);
        assert_digits(s.model[i].cv, t.model[i].cv, 9);
        if (s.model[i].rank == 1)
            assert_digits(s.model[i].cv_selected, t.model[i].cv_selected, 9);
    }
}

static void test_order_of_columns(void **state)
{
    (void)state;
    for (uint64_t task = 0; task < 10; task++) {
        struct arena *keep = arena_new();
        struct world w = draw_world(60, 6, task, keep);
        check_order((const double *const *)w.x, w.y, w.n, w.p, linear, keep);
        if (task < 3)
            check_order((const double *const *)w.x, w.hit, w.n, 4, logit, keep);
        arena_free(keep);
    }
}

/* Models that are fitted: the bounds against all subsets. */
static void test_fitted_bounds(void **state)
{
    (void)state;
    for (uint64_t task = 0; task < 8; task++) {
        struct arena *keep = arena_new();
        struct world w = draw_world(80, 6, 100 + task, keep);
        struct design d = design_of_columns(w.n, w.p + 1, (const double *const *)w.x, w.hit, keep);
        uint64_t margins[6] = {0, 0, 3, 0, 0, 8};
        struct subset_terms terms = {6, d.name + 1, task % 2 ? margins : NULL, 0};
        struct candidates c;
        candidates_of(&d, &logit, &terms, &c, keep);
        struct fitted f = fitted_of(&c, &logit, NULL);
        struct kept_list found = kept_list_of(c.size, c.n, 2, keep), brute = found;
        brute = kept_list_of(c.size, c.n, 2, keep);
        fitted_search(&f, &found, keep);
        for (uint64_t s = 0; s < 64; s++) {
            bool allowed = !(task % 2) || ((!(s & 4) || (s & 3) == 3) && (!(s & 32) || s & 8));
            struct glm glm;
            if (!allowed)
                continue;
            fitted_subset(&f, s, &glm, keep);
            size_t size = 0;
            for (uint64_t b = s; b; b &= b - 1)
                size++;
            kept_offer(&brute, s, size, fitted_deviance(&glm));
        }
        for (size_t s = 0; s < found.n_sizes; s++)
            for (size_t i = 0; i < found.n[s]; i++) {
                assert_true(found.at[s * 2 + i].terms == brute.at[s * 2 + i].terms);
                assert_digits(found.at[s * 2 + i].deviance, brute.at[s * 2 + i].deviance, 9);
            }
        arena_free(keep);
    }
}

/* ---- hard data ---- */

static struct design hard(struct world *w, struct arena *keep)
{
    return design_of_columns(w->n, w->p + 1, (const double *const *)w->x, w->y, keep);
}

static void test_collinear(void **state)
{
    struct arena *keep = arena_new();
    struct world w = draw_world(50, 4, 1, keep);
    (void)state;
    for (size_t i = 0; i < w.n; i++)
        w.x[3][i] = 2 * w.x[1][i] - w.x[2][i] + 5;
    struct design d = hard(&w, keep);
    struct subset_table t = best(&d, 1, 0, linear, keep);
    assert_int_equal(t.status, FIT_OK);
    assert_true(t.excluded == 4); /* the third, which depends on the first two */
    assert_int_equal(t.n_free, 3);
    assert_int_equal(t.n, 4);
    /* What depends on a forced term is the one to go, whatever the order. */
    t = best(&d, 1, 4, linear, keep);
    assert_true(t.excluded == 2);
    for (size_t i = 0; i < t.n; i++)
        assert_true(t.model[i].terms & 4);
    arena_free(keep);
}

static void test_origin_and_units(void **state)
{
    struct arena *keep = arena_new();
    struct world w = draw_world(60, 4, 2, keep);
    (void)state;
    struct design d = hard(&w, keep);
    struct subset_table t = best(&d, 1, 0, linear, keep);
    for (size_t i = 0; i < w.n; i++) {
        w.y[i] = w.y[i] + 1e9;
        w.x[1][i] = w.x[1][i] * 1e-9;
        w.x[2][i] += 1e9;
    }
    struct design far = hard(&w, keep);
    struct subset_table s = best(&far, 1, 0, linear, keep);
    for (size_t i = 0; i < t.n; i++) {
        assert_true(s.model[i].terms == t.model[i].terms);
        assert_digits(s.model[i].r_squared, t.model[i].r_squared, 6);
        assert_digits(s.model[i].cv_selected, t.model[i].cv_selected, 6);
    }
    arena_free(keep);
}

static void test_statuses(void **state)
{
    struct arena *keep = arena_new();
    (void)state;
    struct world w = draw_world(6, 4, 3, keep); /* one degree of freedom is left */
    struct design d = hard(&w, keep);
    struct subset_table t = best(&d, 1, 0, linear, keep);
    assert_int_equal(t.status, FIT_OK);
    assert_true(isfinite(t.model[4].cp) && isfinite(t.model[4].aic) && isnan(t.model[4].aicc));
    w = draw_world(5, 4, 3, keep);
    d = hard(&w, keep);
    assert_int_equal(best(&d, 1, 0, linear, keep).status, FIT_TOO_FEW);
    w = draw_world(30, 3, 4, keep);
    for (size_t i = 0; i < w.n; i++)
        w.y[i] = 7;
    d = hard(&w, keep);
    assert_int_equal(best(&d, 1, 0, linear, keep).status, FIT_CONSTANT);
    for (size_t i = 0; i < w.n; i++)
        w.y[i] = 3 + w.x[1][i] - 2 * w.x[3][i];
    d = hard(&w, keep);
    t = best(&d, 1, 0, linear, keep);
    assert_int_equal(t.model[2].status, FIT_PERFECT);
    assert_true(t.model[2].terms == 5 && isnan(t.model[2].aic));
    assert_int_equal(t.model[1].status, FIT_OK);
    assert_true(isnan(t.model[1].cp)); /* there is no variance to measure by */
    assert_int_equal(best(&d, 1, 7, linear, keep).status, FIT_UNIDENTIFIED);
    assert_int_equal(best(&d, 1, 0, logit, keep).status, FIT_DOMAIN);
    arena_free(keep);
}

static void test_no_intercept(void **state)
{
    struct arena *keep = arena_new();
    struct world w = draw_world(30, 3, 6, keep);
    (void)state;
    double *ones = ARENA_NEW(keep, double, w.n);
    const double *x[3] = {ones, w.x[1], w.x[2]};
    for (size_t i = 0; i < w.n; i++) {
        ones[i] = 1;
        w.y[i] += 4;
    }
    struct design d = design_of_columns(w.n, 3, x, w.y, keep);
    const char *label[] = {"one", "a", "b"};
    size_t term[] = {0, 1, 2};
    struct subset_terms terms = {.n = 3, .label = label};
    struct subset_options o = {.n_best = 3};
    struct subset_table t;
    d.term = term;
    best_subsets(&d, &linear, &terms, &o, &t, keep);
    assert_int_equal(t.n, 1 + 3 + 3 + 1);
    for (size_t i = 0; i < t.n; i++) { /* against least squares with just these columns */
        struct glm glm;
        const double *some[3];
        size_t m = 0;
        for (size_t j = 0; j < 3; j++)
            if (t.model[i].terms >> j & 1)
                some[m++] = x[j];
        if (m == 0)
            continue;
        struct design sub = design_of_columns(w.n, m, some, w.y, keep);
        glm_fit(&sub, &linear, &glm, keep);
        assert_digits(t.model[i].deviance, glm.fit.deviance, 11);
        assert_digits(t.model[i].log_lik, glm.fit.log_lik, 11);
    }
    arena_free(keep);
}

/* A level that only one row has: without its fold the column is not there. */
static void test_rare_level(void **state)
{
    struct arena *keep = arena_new();
    struct world w = draw_world(40, 3, 7, keep);
    (void)state;
    for (size_t i = 0; i < w.n; i++)
        w.x[2][i] = i == 4;
    struct design d = hard(&w, keep);
    struct subset_table t = best(&d, 2, 0, linear, keep);
    for (size_t i = 0; i < t.n; i++)
        assert_true(isfinite(t.model[i].cv));
    assert_true(isfinite(t.model[1].cv_selected));
    assert_true(isnan(t.model[t.n - 1].press)); /* its own leverage is 1 */
    struct subset_terms terms = {.n = 3, .label = d.name + 1};
    struct importance_options o = {.conf_level = 0.95, .replicates = 40, .seed = 1};
    struct importance_table it;
    relative_importance(&d, &linear, &terms, &o, &it, keep);
    assert_int_equal(it.status, FIT_OK);
    for (size_t j = 0; j < 3; j++)
        assert_true(isfinite(it.of_method[0][j].conf_low));
    arena_free(keep);
}

/* Separation in some subsets, not in all. */
static void test_separation(void **state)
{
    struct arena *keep = arena_new();
    struct world w = draw_world(40, 3, 8, keep);
    (void)state;
    for (size_t i = 0; i < w.n; i++)
        w.y[i] = w.x[2][i] > 0.3;
    struct design d = hard(&w, keep);
    struct subset_table t = best(&d, 1, 0, logit, keep);
    assert_int_equal(t.status, FIT_OK);
    assert_int_equal(t.model[0].status, FIT_OK);
    assert_int_equal(t.model[1].status, FIT_SEPARATION);
    assert_true(t.model[1].terms == 2);
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bounds_lose_nothing), cmocka_unit_test(test_order_of_columns),
        cmocka_unit_test(test_fitted_bounds),       cmocka_unit_test(test_collinear),
        cmocka_unit_test(test_origin_and_units),    cmocka_unit_test(test_statuses),
        cmocka_unit_test(test_no_intercept),        cmocka_unit_test(test_rare_level),
        cmocka_unit_test(test_separation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
