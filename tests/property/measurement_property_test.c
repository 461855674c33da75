/* SPDX-License-Identifier: GPL-3.0-or-later
   Coverage of the intervals of measurement error and range on simulated data.  SLOW=1
   measures the figures of docs/methods/measurement.md and prints them. */
#include "tests/check.h"

#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>

#include "models/base/rng.h"
#include "models/base/sum.h"
#include "models/correlation/correlation.h"
#include "models/correlation/disattenuated.h"
#include "models/correlation/range_restriction.h"
#include "models/scale/count_reliability.h"
#include "models/scale/item_covariance.h"
#include "models/scale/one_factor.h"
#include "models/scale/reliability.h"

enum { MOST = 1000, ITEMS = 4 };

/* One data set of n observations: which of a case's intervals hold the truth. */
struct trial {
    bool covers[2], counted;
};

struct coverage_case {
    const char *name, *interval[2]; /* NULL: only one */
    struct trial (*run)(size_t n, gsl_rng *rng, struct arena *scratch);
};

static bool between(double low, double truth, double high)
{
    return low <= truth && truth <= high;
}

/* ---- data ---- */

/* Items of unit variance with these loadings on the trait. */
static void draw_items(double *item, const double *trait, size_t n, const double loading[ITEMS],
                       gsl_rng *rng)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < ITEMS; j++)
            item[i * ITEMS + j] = loading[j] * trait[i] +
                                  gsl_ran_gaussian_ziggurat(rng, sqrt(1 - loading[j] * loading[j]));
}

static void draw_traits(double *x, double *y, size_t n, double rho, gsl_rng *rng)
{
    for (size_t i = 0; i < n; i++)
        gsl_ran_bivariate_gaussian(rng, 1, 1, rho, &x[i], &y[i]);
}

static void item_sums(const double *item, size_t n, double *sum)
{
    for (size_t i = 0; i < n; i++) {
        sum[i] = 0;
        for (size_t j = 0; j < ITEMS; j++)
            sum[i] += item[i * ITEMS + j];
    }
}

static double omega_of(const double loading[ITEMS])
{
    double sum = 0, rest = 0;
    for (size_t j = 0; j < ITEMS; j++) {
        sum += loading[j];
        rest += 1 - loading[j] * loading[j];
    }
    return sum * sum / (sum * sum + rest);
}

static struct with_limits pearson(const double *x, const double *y, size_t n, struct arena *scratch)
{
    struct correlation_result r;
    const struct sample s = {.n = n, .x = x, .y = y};
    correlation_compute(&correlation_pearson, &s,
                        &(struct correlation_options){.conf_level = 0.95, .threads = 1}, &r,
                        scratch);
    return (struct with_limits){r.estimate, r.conf_low, r.conf_high};
}

static struct one_factor factor_of(const double *item, size_t n, struct arena *scratch)
{
    double means[ITEMS];
    const double *cov = item_covariance(item, NULL, n, ITEMS, means, scratch);
    return one_factor_fit(cov, ITEMS, (double)n, 0.95, scratch);
}

static struct with_limits alpha_of(const double *item, size_t n, struct arena *scratch)
{
    struct reliability a = reliability_alpha(item, NULL, n, ITEMS, 0.95, scratch);
    return (struct with_limits){a.alpha, a.conf_low, a.conf_high};
}

static const double equal[ITEMS] = {0.7, 0.7, 0.7, 0.7}, unequal[ITEMS] = {0.9, 0.8, 0.6, 0.5},
                    poor[ITEMS] = {0.5, 0.5, 0.5, 0.5};

/* ---- reliability ---- */

static struct trial alpha_trial(size_t n, gsl_rng *rng, struct arena *scratch)
{
    double trait[MOST], other[MOST], *item = ARENA_NEW(scratch, double, n *ITEMS);
    draw_traits(trait, other, n, 0, rng);
    draw_items(item, trait, n, equal, rng);
    struct with_limits a = alpha_of(item, n, scratch);
    return (struct trial){{between(a.low, omega_of(equal), a.high)}, true};
}

static struct trial omega_trial(size_t n, gsl_rng *rng, struct arena *scratch)
{
    double trait[MOST], other[MOST], *item = ARENA_NEW(scratch, double, n *ITEMS);
    draw_traits(trait, other, n, 0, rng);
    draw_items(item, trait, n, unequal, rng);
    struct one_factor f = factor_of(item, n, scratch);
    double half = 1.959963984540054 * f.omega_std_error;
    return (struct trial){{between(f.omega_low, omega_of(unequal), f.omega_high),
                           fabs(f.omega - omega_of(unequal)) <= half},
                          f.status == FIT_CONVERGED};
}

/* ---- disattenuation ---- */

/* Two scales of four items whose traits correlate rho: their sums, and alpha. */
static void draw_scales(double rho, const double loading[ITEMS], size_t n, gsl_rng *rng,
                        double sum[2][MOST], struct with_limits alpha[2], struct arena *scratch)
{
    double trait[2][MOST];
    draw_traits(trait[0], trait[1], n, rho, rng);
    for (int k = 0; k < 2; k++) {
        double *item = ARENA_NEW(scratch, double, n *ITEMS);
        draw_items(item, trait[k], n, loading, rng);
        item_sums(item, n, sum[k]);
        alpha[k] = alpha_of(item, n, scratch);
    }
}

static struct trial corrected_scales(double rho, double sum[2][MOST],
                                     const struct with_limits alpha[2], size_t n,
                                     struct arena *scratch)
{
    struct with_limits r = pearson(sum[0], sum[1], n, scratch);
    struct disattenuated c = disattenuated(&r, &alpha[0], &alpha[1]);
    return (struct trial){{between(c.low, rho, c.high), between(c.known_low, rho, c.known_high)},
                          !isnan(c.low)};
}

static struct trial scales_trial(size_t n, gsl_rng *rng, struct arena *scratch)
{
    double sum[2][MOST];
    struct with_limits alpha[2];
    draw_scales(0.5, equal, n, rng, sum, alpha, scratch);
    return corrected_scales(0.5, sum, alpha, n, scratch);
}

static struct trial poor_scales_trial(size_t n, gsl_rng *rng, struct arena *scratch)
{
    double sum[2][MOST];
    struct with_limits alpha[2];
    draw_scales(0.8, poor, n, rng, sum, alpha, scratch);
    return corrected_scales(0.8, sum, alpha, n, scratch);
}

/* The reliabilities are those of other people. */
static struct trial other_people_trial(size_t n, gsl_rng *rng, struct arena *scratch)
{
    double sum[2][MOST], others[2][MOST];
    struct with_limits alpha[2], of_others[2];
    draw_scales(0.8, poor, n, rng, sum, alpha, scratch);
    draw_scales(0.8, poor, n, rng, others, of_others, scratch);
    return corrected_scales(0.8, sum, of_others, n, scratch);
}

/* Correlation of a normal variable with the gamma rate of shape r behind it. */
static double gamma_score_correlation(double shape)
{
    struct sum s = {0};
    double step = 1e-3;
    for (double z = -8 + step / 2; z < 8; z += step)
        sum_add(&s, z * gsl_ran_ugaussian_pdf(z) * step *
                        (z < 0 ? gsl_cdf_gamma_Pinv(gsl_cdf_ugaussian_P(z), shape, 1)
                               : gsl_cdf_gamma_Qinv(gsl_cdf_ugaussian_Q(z), shape, 1)));
    return sum_value(&s) / sqrt(shape);
}

/* A scale and a count of mean 3 whose rate (gamma, shape 2) follows a trait that
   correlates 0.5 with the scale's. */
static struct trial count_trial(size_t n, gsl_rng *rng, struct arena *scratch)
{
    static const double shape = 2, mean_count = 3;
    double trait[2][MOST], sum[MOST], count[MOST], *item = ARENA_NEW(scratch, double, n *ITEMS);
    double truth = 0.5 * 0.947896011198; /* gamma_score_correlation(2) */
    draw_traits(trait[0], trait[1], n, 0.5, rng);
    draw_items(item, trait[0], n, equal, rng);
    item_sums(item, n, sum);
    for (size_t i = 0; i < n; i++)
        count[i] = gsl_ran_poisson(
            rng, gsl_cdf_gamma_Pinv(gsl_cdf_ugaussian_P(trait[1][i]), shape, mean_count / shape));
    struct count_reliability y = count_reliability(count, NULL, n, 0.95, scratch);
    struct with_limits r = pearson(sum, count, n, scratch), x = alpha_of(item, n, scratch);
    struct disattenuated c =
        disattenuated(&r, &x, &(struct with_limits){y.reliability, y.conf_low, y.conf_high});
    return (struct trial){
        {between(c.low, truth, c.high), between(c.known_low, truth, c.known_high)}, !isnan(c.low)};
}

/* ---- counts ---- */

static struct trial nbd_trial(double mean_count, double shape, size_t n, gsl_rng *rng,
                              struct arena *scratch)
{
    double count[MOST], truth = mean_count / (mean_count + shape);
    for (size_t i = 0; i < n; i++)
        count[i] = gsl_ran_poisson(rng, gsl_ran_gamma(rng, shape, mean_count / shape));
    struct count_reliability r = count_reliability(count, NULL, n, 0.95, scratch);
    bool boundary = r.status == FIT_BOUNDARY;
    return (struct trial){{between(r.conf_low, truth, r.conf_high),
                           between(boundary ? 1 : r.delta_low, truth, r.delta_high)},
                          true};
}

static struct trial rare_trial(size_t n, gsl_rng *rng, struct arena *scratch)
{
    return nbd_trial(1, 1, n, rng, scratch);
}

static struct trial frequent_trial(size_t n, gsl_rng *rng, struct arena *scratch)
{
    return nbd_trial(3, 2, n, rng, scratch);
}

/* ---- range ---- */

/* Those above the mean of y of a normal pair of correlation 0.5. */
static struct trial range_trial(size_t n, gsl_rng *rng, struct arena *scratch)
{
    double x[MOST], y[MOST], square[MOST];
    for (size_t i = 0; i < n; i++)
        do
            gsl_ran_bivariate_gaussian(rng, 1, 1, 0.5, &x[i], &y[i]);
        while (y[i] < 0);
    double m = mean(y, NULL, n), sd = sqrt(cross_product(y, m, y, m, NULL, n) / ((double)n - 1));
    for (size_t i = 0; i < n; i++)
        square[i] = (y[i] - m) * (y[i] - m);
    double m4 = cross_product(square, 0, square, 0, NULL, n) / (double)n;
    struct with_limits u = range_ratio(1, sd, m4, (double)n, 0.95), r = pearson(x, y, n, scratch);
    struct range_corrected c = range_corrected(&r, &u);
    return (struct trial){{between(c.low, 0.5, c.high), between(c.known_low, 0.5, c.known_high)},
                          true};
}

/* ---- coverage ---- */

static const struct coverage_case cases[] = {
    {"alpha, equal loadings", {"feldt", NULL}, alpha_trial},
    {"omega, unequal loadings", {"log(1 - omega)", "symmetric"}, omega_trial},
    {"disattenuated, two scales", {"with error", "known"}, scales_trial},
    {"disattenuated, two poor scales", {"with error", "known"}, poor_scales_trial},
    {"the same, alpha of other people", {"with error", "known"}, other_people_trial},
    {"disattenuated, scale and count", {"with error", "known"}, count_trial},
    {"count reliability, m = 1, r = 1", {"profile", "delta"}, rare_trial},
    {"count reliability, m = 3, r = 2", {"profile", "delta"}, frequent_trial},
    {"thorndike, upper half", {"with error", "known"}, range_trial},
};

struct shares {
    double covered[2], counted;
};

static struct shares measure(const struct coverage_case *c, size_t n, size_t runs)
{
    struct shares s = {{0, 0}, 0};
    struct arena *a = arena_new();
    for (size_t run = 0; run < runs; run++) {
        arena_reset(a);
        struct trial t = c->run(n, rng_stream(31, run, a), a);
        s.counted += t.counted;
        for (int k = 0; k < 2; k++)
            s.covered[k] += t.counted && t.covers[k];
    }
    arena_free(a);
    for (int k = 0; k < 2; k++)
        s.covered[k] /= s.counted;
    s.counted /= (double)runs;
    return s;
}

static void intervals_cover(void **state)
{
    (void)state;
    static const size_t size[] = {50, 200, 1000};
    size_t runs = getenv("SLOW") ? 10000 : 200;
    double slack = getenv("SLOW") ? 0.02 : 0.06;
    double most = 0.985; /* the error of r and of alpha of the same people go together */
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (size_t k = 0; k < (getenv("SLOW") ? 3 : 2); k++) {
            struct shares s = measure(&cases[i], size[k], runs);
            for (int j = 0; j < 2 && cases[i].interval[j]; j++)
                print_message("%-32s %-14s n = %4zu: %.3f (of %.4f)\n", cases[i].name,
                              cases[i].interval[j], size[k], s.covered[j], s.counted);
            assert_true(s.covered[0] >= 0.95 - slack && s.covered[0] <= fmax(0.95 + slack, most));
        }
}

static void truth_of_the_count_case(void **state)
{
    (void)state;
    assert_digits(gamma_score_correlation(2), 0.947896011198, 11); /* integrate() of R */
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {cmocka_unit_test(truth_of_the_count_case),
                                       cmocka_unit_test(intervals_cover)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
