/* SPDX-License-Identifier: GPL-3.0-or-later
   Generalised linear models on data that nobody likes, and what must hold on any. */
#include <math.h>
#include <string.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>

#include "models/base/rng.h"
#include "models/glm/covariance.h"
#include "models/glm/residual.h"
#include "tests/check.h"
#include "tests/glm_data.h"

static const double ten[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
static const double mixed[] = {0, 0, 1, 0, 1, 0, 1, 1, 0, 1};
static const double *const x_ten[] = {NULL, ten};

static struct glm fit_of(const struct design *d, const struct family *family,
                         const struct glm_options *others, struct arena *keep)
{
    struct glm_options o = others ? *others : (struct glm_options){0};
    struct glm glm;
    o.family = family;
    glm_fit(d, &o, &glm, keep);
    return glm;
}

static struct glm fit_ten(const double *y, const struct family *family, struct arena *keep)
{
    struct design *d = ARENA_NEW(keep, struct design, 1);
    *d = design_of_columns(10, 2, x_ten, y, keep);
    return fit_of(d, family, NULL, keep);
}

/* Two groups and a number, of random answers. */
static struct design random_design(size_t n, const struct family *family, uint64_t task,
                                   struct arena *keep)
{
    gsl_rng *rng = rng_stream(3, task, keep);
    double *x = ARENA_NEW(keep, double, n), *z = ARENA_NEW(keep, double, n);
    double *y = ARENA_NEW(keep, double, n);
    for (size_t i = 0; i < n; i++) {
        x[i] = gsl_ran_ugaussian(rng);
        z[i] = gsl_rng_uniform(rng) < 0.4;
        double eta = 0.2 + 0.5 * x[i] - 0.3 * z[i];
        y[i] = family->border_at_one    ? gsl_rng_uniform(rng) < 1 / (1 + exp(-eta))
               : family->border_at_zero ? gsl_ran_poisson(rng, exp(eta))
                                        : gsl_ran_gamma(rng, 3, exp(eta) / 3);
    }
    const double *const columns[] = {NULL, x, z};
    return design_of_columns(n, 3, columns, y, keep);
}

/* ---- separation ---- */

static void test_quasi_separation(void **state)
{
    const double x[] = {1, 2, 3, 4, 4, 5, 6, 7}, y[] = {0, 0, 0, 0, 1, 1, 1, 1};
    const double *const columns[] = {NULL, x};
    struct arena *keep = arena_new();
    struct design d = design_of_columns(8, 2, columns, y, keep);
    (void)state;
    for (size_t l = 0; l < 4; l++) {
        struct glm_options o = {.link = family_binomial.link[l]};
        struct glm g = fit_of(&d, &family_binomial, &o, keep);
        assert_int_equal(g.fit.status, FIT_SEPARATION);
        assert_int_equal(g.n_separated, 6);
        assert_true(isnan(g.fit.estimate[0]) && isnan(g.fit.estimate[1]));
        assert_digits(g.fit.log_lik, 2 * log(0.5), 12); /* of the two rows at 4 */
        assert_digits(g.mu[3], 0.5, 12);
        assert_digits(g.mu[0], 0, 15);
    }
    arena_free(keep);
}

static void test_complete_separation(void **state)
{
    const double y[] = {0, 0, 0, 0, 0, 1, 1, 1, 1, 1};
    struct arena *keep = arena_new();
    struct glm g = fit_ten(y, &family_binomial, keep);
    (void)state;
    assert_int_equal(g.fit.status, FIT_SEPARATION);
    assert_int_equal(g.n_separated, 10);
    assert_digits(g.fit.log_lik, 0, 15);
    assert_true(isnan(g.fit.estimate[1]));
    arena_free(keep);
}

/* A group without a single purchase: its coefficient does not exist, the others are those of the
   rest. */
static void test_zeros_of_a_group(void **state)
{
    const double group[] = {0, 0, 0, 0, 0, 0, 0, 1, 1, 1}, y[] = {1, 0, 2, 3, 1, 4, 5, 0, 0, 0};
    const double *const columns[] = {NULL, ten, group};
    struct arena *keep = arena_new();
    struct design d = design_of_columns(10, 3, columns, y, keep);
    struct design rest = design_of_columns(7, 2, columns, y, keep);
    (void)state;
    const struct family *const family[] = {&family_poisson, &family_quasipoisson};
    for (size_t i = 0; i < 2; i++) {
        struct glm g = fit_of(&d, family[i], NULL, keep);
        struct glm r = fit_of(&rest, family[i], NULL, keep);
        assert_int_equal(g.fit.status, FIT_SEPARATION);
        assert_int_equal(g.n_separated, 3);
        assert_true(isnan(g.fit.estimate[2]) && isnan(fit_std_error(&g.fit, 2)));
        assert_digits(g.fit.estimate[0], r.fit.estimate[0], 12);
        assert_digits(g.fit.estimate[1], r.fit.estimate[1], 12);
        assert_digits(g.fit.deviance, r.fit.deviance, 12);
    }
    arena_free(keep);
}

static double side(const double *x, const double *z, size_t a, size_t b, size_t i)
{
    return (x[b] - x[a]) * (z[i] - z[a]) - (z[b] - z[a]) * (x[i] - x[a]);
}

/* Points of the plane are separated if a line through two of them has the ones on one side and
   the zeros on the other, or on it, and not all on it. */
static bool some_line_separates(size_t n, const double *x, const double *z, const double *y)
{
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < n; b++) {
            bool right = true, some = false;
            for (size_t i = 0; i < n && right; i++) {
                double s = side(x, z, a, b, i) * (y[i] > 0 ? 1 : -1);
                right = s >= 0;
                some = some || s > 0;
            }
            if (right && some)
                return true;
        }
    return false;
}

static void test_separation_is_found(void **state)
{
    size_t n_separated = 0, n_whole = 0;
    (void)state;
    for (uint64_t task = 0; task < 400; task++) {
        struct arena *keep = arena_new();
        gsl_rng *rng = rng_stream(8, task, keep);
        double x[12], z[12], y[12];
        const double *const columns[] = {NULL, x, z};
        size_t n = 6 + task % 7;
        for (size_t i = 0; i < n; i++) {
            x[i] = (double)rng_below(rng, 5);
            z[i] = (double)rng_below(rng, 4);
            y[i] = x[i] + z[i] + (double)rng_below(rng, 5) > 5;
        }
        struct design d = design_of_columns(n, 3, columns, y, keep);
        struct glm g = fit_of(&d, &family_binomial, NULL, keep);
        if (g.rank == 3 && g.fit.status != FIT_CONSTANT) {
            bool separated = some_line_separates(n, x, z, y);
            assert_int_equal(g.fit.status, separated ? FIT_SEPARATION : FIT_CONVERGED);
            n_separated += separated;
            n_whole += !separated;
        }
        arena_free(keep);
    }
    assert_true(n_separated > 100 && n_whole > 100);
}

/* ---- other hard data ---- */

static void test_constant(void **state)
{
    const double zeros[10] = {0}, ones[] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    struct arena *keep = arena_new();
    (void)state;
    assert_int_equal(fit_ten(zeros, &family_poisson, keep).fit.status, FIT_CONSTANT);
    assert_int_equal(fit_ten(zeros, &family_negative_binomial, keep).fit.status, FIT_CONSTANT);
    assert_int_equal(fit_ten(zeros, &family_binomial, keep).fit.status, FIT_CONSTANT);
    assert_int_equal(fit_ten(ones, &family_binomial, keep).fit.status, FIT_CONSTANT);
    struct glm g = fit_ten(ones, &family_gaussian, keep);
    assert_int_equal(g.fit.status, FIT_CONSTANT);
    assert_digits(g.fit.estimate[0], 1, 14);
    arena_free(keep);
}

static void test_collinear(void **state)
{
    const double twice[] = {2, 4, 6, 8, 10, 12, 14, 16, 18, 20};
    const double fives[] = {5, 5, 5, 5, 5, 5, 5, 5, 5, 5};
    const double *const columns[] = {NULL, fives, ten, twice};
    struct arena *keep = arena_new();
    struct design d = design_of_columns(10, 4, columns, mixed, keep);
    struct glm g = fit_of(&d, &family_binomial, NULL, keep);
    struct glm alone = fit_ten(mixed, &family_binomial, keep);
    (void)state;
    assert_int_equal(g.fit.status, FIT_CONVERGED);
    assert_int_equal(g.rank, 2);
    assert_true(g.aliased[1] && g.aliased[3] && isnan(g.fit.estimate[1]));
    assert_true(isnan(fit_std_error(&g.fit, 3)) && g.fit.df_residual == 8);
    assert_digits(g.fit.estimate[2], alone.fit.estimate[1], 13);
    assert_digits(fit_std_error(&g.fit, 2), fit_std_error(&alone.fit, 1), 13);
    for (size_t k = 0; k < n_glm_covariances; k++) {
        const uint32_t pair[] = {0, 0, 1, 1, 2, 2, 3, 3, 4, 4};
        struct glm_clusters c = {.n_ways = 1, .code = {pair}, .n_clusters = {7}};
        double with[16], without[4];
        assert_int_equal(glm_covariance(&g, glm_covariances[k], &c, with, keep), FIT_CONVERGED);
        assert_int_equal(glm_covariance(&alone, glm_covariances[k], &c, without, keep),
                         FIT_CONVERGED);
        assert_digits(with[10], without[3], 13);
        assert_true(isnan(with[5]) && isnan(with[7]));
    }
    arena_free(keep);
}

static void test_perfect(void **state)
{
    double line[10], counts[] = {3, 3, 3, 3, 3, 3, 3, 3, 3, 3};
    struct arena *keep = arena_new();
    (void)state;
    for (size_t i = 0; i < 10; i++)
        line[i] = 2 - 3 * ten[i];
    struct glm g = fit_ten(line, &family_gaussian, keep);
    assert_int_equal(g.fit.status, FIT_PERFECT);
    assert_digits(g.fit.estimate[1], -3, 14);
    g = fit_ten(counts, &family_poisson, keep);
    assert_digits(g.fit.estimate[0], log(3), 13);
    const double two[] = {1, 2}, y[] = {3, 8};
    const double *const columns[] = {NULL, two};
    struct design d = design_of_columns(2, 2, columns, y, keep); /* as many rows as columns */
    g = fit_of(&d, &family_gaussian, NULL, keep);
    assert_int_equal(g.fit.status, FIT_PERFECT);
    assert_true(g.fit.df_residual == 0 && isnan(fit_std_error(&g.fit, 1)));
    g = fit_of(&d, &family_poisson, NULL, keep);
    assert_digits(g.fit.estimate[1], log(8. / 3), 13);
    d.n = 1; /* fewer rows than columns */
    g = fit_of(&d, &family_poisson, NULL, keep);
    assert_int_equal(g.rank, 1);
    arena_free(keep);
}

static void test_nothing_to_fit(void **state)
{
    const double none[10] = {0}, beyond[] = {0, 1, 2, 0, 1, 0, 1, 0, 1, 0};
    struct arena *keep = arena_new();
    struct design d = design_of_columns(10, 2, x_ten, mixed, keep);
    struct glm_options o = {.weight = none};
    (void)state;
    assert_int_equal(fit_of(&d, &family_binomial, &o, keep).fit.status, FIT_TOO_FEW);
    o = (struct glm_options){.family = &family_binomial};
    d.n = 0;
    assert_int_equal(fit_of(&d, &family_binomial, NULL, keep).fit.status, FIT_TOO_FEW);
    d = design_of_columns(10, 2, x_ten, beyond, keep);
    assert_int_equal(fit_of(&d, &family_binomial, NULL, keep).fit.status, FIT_DOMAIN);
    assert_int_equal(glm_first_outside(&d, &o), 2);
    arena_free(keep);
}

static void test_one_event(void **state)
{
    const double y[] = {0, 0, 0, 0, 1, 0, 0, 0, 0, 0};
    const double *const columns[] = {NULL};
    struct arena *keep = arena_new();
    struct design d = design_of_columns(10, 1, columns, y, keep);
    struct glm g = fit_of(&d, &family_binomial, NULL, keep);
    (void)state;
    assert_int_equal(g.fit.status, FIT_CONVERGED);
    assert_digits(g.fit.estimate[0], -log(9), 14);
    assert_digits(fit_std_error(&g.fit, 0), sqrt(1 + 1. / 9), 14);
    assert_int_equal(fit_ten(y, &family_binomial, keep).fit.status, FIT_CONVERGED);
    arena_free(keep);
}

/* A column about 1e9 and offsets of 1e9 move the intercept only. */
static void test_far_origins(void **state)
{
    struct arena *keep = arena_new();
    double far[10], offset[10], near[10];
    const double *const columns[] = {NULL, far};
    (void)state;
    for (size_t i = 0; i < 10; i++) {
        far[i] = 1e9 + ten[i];
        near[i] = (double)(i % 3) / 4;
        offset[i] = 1e9 + near[i];
    }
    struct design plain = design_of_columns(10, 2, x_ten, mixed, keep), moved;
    moved = design_of_columns(10, 2, columns, mixed, keep);
    plain.offset = near;
    moved.offset = offset;
    const struct family *const family[] = {&family_binomial, &family_poisson, &family_gaussian};
    for (size_t i = 0; i < 3; i++) {
        struct glm a = fit_of(&plain, family[i], NULL, keep);
        struct glm b = fit_of(&moved, family[i], NULL, keep);
        assert_int_equal(b.fit.status, FIT_CONVERGED);
        assert_digits(b.fit.estimate[1], a.fit.estimate[1], 9);
        assert_digits(fit_std_error(&b.fit, 1), fit_std_error(&a.fit, 1), 9);
        assert_digits(b.fit.deviance, a.fit.deviance, 12);
        assert_digits(b.mu[4], a.mu[4], 12);
    }
    arena_free(keep);
}

/* Counts less spread than Poisson's. */
static void test_poisson_boundary(void **state)
{
    const double y[] = {1, 2, 1, 2, 2, 2, 3, 2, 3, 3};
    struct arena *keep = arena_new();
    struct glm nb = fit_ten(y, &family_negative_binomial, keep);
    struct glm poisson = fit_ten(y, &family_poisson, keep);
    (void)state;
    assert_int_equal(nb.fit.status, FIT_BOUNDARY);
    assert_true(isinf(nb.theta));
    assert_digits(nb.fit.estimate[1], poisson.fit.estimate[1], 14);
    assert_digits(nb.fit.log_lik, poisson.fit.log_lik, 14);
    assert_digits(nb.null_deviance, poisson.null_deviance, 12);
    assert_digits(glm_residual_deviance.of(&nb, 3), glm_residual_deviance.of(&poisson, 3), 13);
    arena_free(keep);
}

static void test_few_clusters(void **state)
{
    const uint32_t one[10] = {0};
    struct arena *keep = arena_new();
    struct glm g = fit_ten(mixed, &family_binomial, keep);
    struct glm_clusters c = {.n_ways = 1, .code = {one}, .n_clusters = {1}};
    double vcov[4];
    (void)state;
    assert_int_equal(glm_covariance(&g, &glm_covariance_cluster, &c, vcov, keep), FIT_FEW_CLUSTERS);
    assert_true(isnan(vcov[0]));
    arena_free(keep);
}

/* ---- what holds on any data ---- */

/* Rows of weight 0 might as well not be there; frequencies of 2 are rows twice. */
static void test_weights(void **state)
{
    const double zero[] = {0, 1, 1, 1, 1, 1, 1, 1, 1, 0}, two[] = {2, 2, 2, 2, 2, 2, 2, 2, 2, 2};
    double x[20], y[20];
    const double *const doubled[] = {NULL, x}, *const inner[] = {NULL, ten + 1};
    struct arena *keep = arena_new();
    struct design d = design_of_columns(10, 2, x_ten, mixed, keep);
    (void)state;
    for (size_t i = 0; i < 20; i++) {
        x[i] = ten[i / 2];
        y[i] = mixed[i / 2];
    }
    struct design other = design_of_columns(20, 2, doubled, y, keep);
    struct design less = design_of_columns(8, 2, inner, mixed + 1, keep);
    struct glm_options o = {.weight = zero};
    struct glm a = fit_of(&d, &family_binomial, &o, keep);
    struct glm b = fit_of(&less, &family_binomial, NULL, keep);
    assert_digits(a.fit.estimate[1], b.fit.estimate[1], 12);
    assert_digits(a.fit.log_lik, b.fit.log_lik, 12);
    assert_true(a.fit.df_residual == b.fit.df_residual);
    o = (struct glm_options){.weight = two, .weight_kind = WEIGHT_FREQUENCY};
    const struct family *const family[] = {&family_binomial, &family_gaussian, &family_poisson};
    for (size_t i = 0; i < 3; i++) {
        a = fit_of(&d, family[i], &o, keep);
        b = fit_of(&other, family[i], NULL, keep);
        assert_digits(a.fit.estimate[1], b.fit.estimate[1], 12);
        assert_digits(fit_std_error(&a.fit, 1), fit_std_error(&b.fit, 1), 12);
        assert_digits(a.fit.log_lik, b.fit.log_lik, 12);
        assert_digits(glm_bic(&a), glm_bic(&b), 12);
        assert_digits(a.null_deviance, b.null_deviance, 12);
    }
    arena_free(keep);
}

/* Counts of 3 people each with log 3 as offset are the counts of the people. */
static void test_aggregated_counts(void **state)
{
    struct arena *keep = arena_new();
    struct design d = random_design(30, &family_poisson, 1, keep);
    double *x = arena_copy(keep, d.x, d.n * d.p, sizeof *x), y[10], offset[10], whole[30];
    (void)state;
    for (size_t i = 0; i < 30; i++) {
        memcpy(x + i * 3, d.x + i / 3 * 9, 3 * sizeof *x);
        whole[i] = d.y[i];
        offset[i / 3] = log(3);
        y[i / 3] = (i % 3 ? y[i / 3] : 0) + d.y[i];
    }
    d.x = x;
    d.y = whole;
    struct design sums = d;
    double few[30];
    for (size_t i = 0; i < 30; i++)
        few[i] = x[i / 3 * 9 + i % 3];
    sums.n = 10;
    sums.x = few;
    sums.y = y;
    sums.offset = offset;
    struct glm a = fit_of(&d, &family_poisson, NULL, keep);
    struct glm b = fit_of(&sums, &family_poisson, NULL, keep);
    for (size_t j = 0; j < 3; j++) {
        assert_digits(a.fit.estimate[j], b.fit.estimate[j], 11);
        assert_digits(fit_std_error(&a.fit, j), fit_std_error(&b.fit, j), 11);
    }
    arena_free(keep);
}

static void assert_score_zero(const struct glm *g)
{
    for (size_t j = 0; j < g->design->p; j++) {
        double score = 0, size = 0;
        for (size_t i = 0; i < g->design->n; i++) {
            double part = g->design->x[i * g->design->p + j] * glm_residual_response.of(g, i) *
                          g->link->slope(g->eta[i]) / g->family->variance(g->mu[i], g->theta);
            score += part;
            size += fabs(part);
        }
        assert_true(fabs(score) <= 1e-11 * size);
    }
}

/* The score is 0 at the estimate, the order of rows and the number of threads do not matter. */
static void test_any_family(void **state)
{
    size_t n = 9001;
    (void)state;
    for (size_t k = 0; k < n_families; k++) {
        struct arena *keep = arena_new();
        struct design d = random_design(n, families[k], k, keep), turned = d;
        double *x = ARENA_NEW(keep, double, n * 3), *y = ARENA_NEW(keep, double, n);
        for (size_t i = 0; i < n; i++) {
            memcpy(x + (n - 1 - i) * 3, d.x + i * 3, 3 * sizeof *x);
            y[n - 1 - i] = d.y[i];
        }
        turned.x = x;
        turned.y = y;
        const struct link *log_link = families[k]->border_at_one ? NULL : &link_log;
        struct glm_options o = {.link = log_link, .theta = 2, .threads = 1};
        struct glm a = fit_of(&d, families[k], &o, keep);
        struct glm b = fit_of(&turned, families[k], &o, keep);
        o.threads = 3;
        struct glm c = fit_of(&d, families[k], &o, keep);
        assert_int_equal(a.fit.status, FIT_CONVERGED);
        assert_score_zero(&a);
        double squares = 0;
        for (size_t i = 0; i < n; i++)
            squares += pow(glm_residual_deviance.of(&a, i), 2);
        assert_digits(squares, a.fit.deviance, 12);
        for (size_t j = 0; j < 3; j++) {
            assert_digits(b.fit.estimate[j], a.fit.estimate[j], 11);
            assert_digits(fit_std_error(&b.fit, j), fit_std_error(&a.fit, j), 11);
        }
        assert_memory_equal(a.fit.estimate, c.fit.estimate, 3 * sizeof(double));
        assert_memory_equal(a.fit.vcov, c.fit.vcov, 9 * sizeof(double));
        assert_memory_equal(&a.fit.deviance, &c.fit.deviance, sizeof(double));
        assert_memory_equal(a.leverage, c.leverage, n * sizeof(double));
        arena_free(keep);
    }
}

/* Derivatives of links and variances are those of their differences; eta and mean are inverse. */
static void test_links(void **state)
{
    (void)state;
    for (size_t k = 0; k < n_links; k++) {
        const struct link *l = links[k];
        for (double mu = 0.05; mu < 0.96; mu += 0.1) {
            double eta = l->eta(mu), h = 1e-5 * fmax(fabs(eta), 0.1);
            assert_digits(l->mean(eta), mu, 13);
            assert_digits((l->mean(eta + h) - l->mean(eta - h)) / (2 * h), l->slope(eta), 7);
            assert_true(fabs((l->slope(eta + h) - l->slope(eta - h)) / (2 * h) - l->second(eta)) <=
                        1e-7 * (fabs(l->second(eta)) + fabs(l->slope(eta))));
        }
        assert_ptr_equal(link_find(l->name), l);
    }
    for (size_t k = 0; k < n_families; k++) {
        double v = families[k]->variance(0.3 + 1e-6, 2) - families[k]->variance(0.3 - 1e-6, 2);
        assert_true(fabs(v / 2e-6 - families[k]->variance_slope(0.3, 2)) < 1e-8);
        assert_ptr_equal(family_find(families[k]->name), families[k]);
    }
}

/* Rows turned by `shift` places; where `deceiving`, those at each 17th place before it have 0. */
static struct glm fit_turned(const struct design *d, size_t shift, bool deceiving, size_t threads,
                             struct arena *keep)
{
    struct design *turned = ARENA_NEW(keep, struct design, 1);
    double *x = ARENA_NEW(keep, double, d->n * d->p), *y = ARENA_NEW(keep, double, d->n);
    for (size_t i = 0; i < d->n; i++) {
        size_t to = (i + shift) % d->n;
        memcpy(x + to * d->p, d->x + i * d->p, d->p * sizeof *x);
        y[to] = deceiving && i % 17 == 0 ? 0 : d->y[i];
    }
    *turned = *d;
    turned->x = x;
    turned->y = y;
    return fit_of(turned, &family_binomial, &(struct glm_options){.threads = threads}, keep);
}

/* Of many rows a part tells where to start, even where that part alone has no estimates: the
   order of the rows does not matter, nor the number of threads. */
static void test_many_rows(void **state)
{
    struct arena *keep = arena_new();
    struct design d = random_design(70000, &family_binomial, 9, keep);
    (void)state;
    for (int deceiving = 0; deceiving < 2; deceiving++) {
        struct glm one = fit_turned(&d, 0, deceiving, 1, keep);
        struct glm two = fit_turned(&d, 0, deceiving, 2, keep);
        struct glm turned = fit_turned(&d, 5, deceiving, 1, keep);
        assert_int_equal(one.fit.status, FIT_CONVERGED);
        assert_int_equal(turned.fit.status, FIT_CONVERGED);
        for (size_t j = 0; j < 3; j++) {
            assert_digits(one.fit.estimate[j], turned.fit.estimate[j], 11);
            assert_digits(one.fit.vcov[4 * j], turned.fit.vcov[4 * j], 11);
            assert_true(one.fit.estimate[j] == two.fit.estimate[j]);
        }
        assert_digits(one.null_deviance, turned.null_deviance, 12);
    }
    arena_free(keep);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_quasi_separation), cmocka_unit_test(test_complete_separation),
        cmocka_unit_test(test_zeros_of_a_group), cmocka_unit_test(test_separation_is_found),
        cmocka_unit_test(test_constant),         cmocka_unit_test(test_collinear),
        cmocka_unit_test(test_perfect),          cmocka_unit_test(test_nothing_to_fit),
        cmocka_unit_test(test_one_event),        cmocka_unit_test(test_far_origins),
        cmocka_unit_test(test_poisson_boundary), cmocka_unit_test(test_few_clusters),
        cmocka_unit_test(test_weights),          cmocka_unit_test(test_aggregated_counts),
        cmocka_unit_test(test_any_family),       cmocka_unit_test(test_links),
        cmocka_unit_test(test_many_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
