/* SPDX-License-Identifier: GPL-3.0-or-later
   Generalised linear models against R, iterated to the last digit (scripts/reference/glm.R). */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "models/glm/covariance.h"
#include "models/glm/firth.h"
#include "models/glm/residual.h"
#include "tests/check.h"
#include "tests/glm_data.h"

static const struct model {
    const char *name, *response;
    const struct family *family;
    const struct link *link;
    const char *weight, *exposure;
    double theta;
} models[] = {
    {"binomial_logit", "hit", &family_binomial, &link_logit, NULL, NULL, 0},
    {"binomial_probit", "hit", &family_binomial, &link_probit, NULL, NULL, 0},
    {"binomial_cloglog", "hit", &family_binomial, &link_cloglog, NULL, NULL, 0},
    {"binomial_cauchit", "hit", &family_binomial, &link_cauchit, NULL, NULL, 0},
    {"shares_logit", "share", &family_binomial, &link_logit, "trials", NULL, 0},
    {"shares_probit", "share", &family_binomial, &link_probit, "trials", NULL, 0},
    {"shares_cloglog", "share", &family_binomial, &link_cloglog, "trials", NULL, 0},
    {"shares_cauchit", "share", &family_binomial, &link_cauchit, "trials", NULL, 0},
    {"fraction", "fraction", &family_quasibinomial, NULL, NULL, NULL, 0},
    {"poisson", "count", &family_poisson, NULL, NULL, NULL, 0},
    {"poisson_offset", "count", &family_poisson, NULL, NULL, "exposure", 0},
    {"poisson_sqrt", "count", &family_poisson, &link_sqrt, NULL, NULL, 0},
    {"quasipoisson", "count", &family_quasipoisson, NULL, NULL, NULL, 0},
    {"poisson_weights", "count", &family_poisson, NULL, "weight", NULL, 0},
    {"gamma_inverse", "spend", &family_gamma, NULL, NULL, NULL, 0},
    {"gamma_log", "spend", &family_gamma, &link_log, NULL, NULL, 0},
    {"gamma_weights", "spend", &family_gamma, &link_log, "weight", NULL, 0},
    {"inverse_gaussian_log", "wait", &family_inverse_gaussian, &link_log, NULL, NULL, 0},
    {"inverse_gaussian_inverse_squared", "visit", &family_inverse_gaussian, NULL, NULL, NULL, 0},
    {"gaussian", "line", &family_gaussian, NULL, NULL, NULL, 0},
    {"gaussian_weights", "line", &family_gaussian, NULL, "weight", NULL, 0},
    {"gaussian_log", "wait", &family_gaussian, &link_log, NULL, NULL, 0},
    {"negative_binomial_held", "count", &family_negative_binomial, NULL, NULL, NULL, 1.5},
};

struct fitted {
    struct arena *keep;
    const struct reference *data, *expected;
    struct design d;
    struct glm glm, observed;
};

/* Weights of one, offsets, and shares as the quotients that they are. */
static struct design design_for(struct fitted *f, const char *response, const char *exposure)
{
    struct design d = design_of(f->data, response, "x z g", f->keep);
    if (exposure) {
        double *offset = reference_column(f->data, exposure, f->keep);
        for (size_t i = 0; i < d.n; i++)
            offset[i] = log(offset[i]);
        d.offset = offset;
    }
    if (strcmp(response, "share") == 0) {
        double *y = arena_copy(f->keep, d.y, d.n, sizeof *y);
        for (size_t i = 0; i < d.n; i++) {
            double trials = reference_real(f->data, i, "trials");
            y[i] = round(y[i] * trials) / trials;
        }
        d.y = y;
    }
    return d;
}

static double robust_error(struct fitted *f, const char *kind, size_t n_ways, size_t j)
{
    size_t p = f->d.p;
    double *vcov = ARENA_NEW(f->keep, double, p *p);
    struct glm_clusters clusters = {.n_ways = n_ways, .n_clusters = {25, 11}};
    for (size_t way = 0; way < 2; way++) {
        uint32_t *code = ARENA_NEW(f->keep, uint32_t, f->d.n);
        for (size_t i = 0; i < f->d.n; i++)
            code[i] = (uint32_t)reference_real(f->data, i, way ? "year" : "firm");
        clusters.code[way] = code;
    }
    enum fit_status status =
        glm_covariance(&f->glm, glm_covariance_find(kind), &clusters, vcov, f->keep);
    /* Two ways may give a variance below 0, which R shows as NaN. */
    assert_true(status == FIT_CONVERGED || (status == FIT_IMPROPER && n_ways == 2));
    return sqrt(vcov[j * p + j]);
}

/* A quantity with an index behind its point. */
static double indexed(struct fitted *f, const char *what, size_t j)
{
    const size_t row[] = {0, 6, 99};
    if (strcmp(what, "b") == 0)
        return f->glm.fit.estimate[j];
    if (strcmp(what, "se") == 0)
        return fit_std_error(&f->glm.fit, j);
    if (strcmp(what, "observed") == 0)
        return fit_std_error(&f->observed.fit, j);
    if (strcmp(what, "leverage") == 0)
        return f->glm.leverage[row[j]];
    if (strcmp(what, "cook") == 0)
        return glm_cook(&f->glm, row[j]);
    if (strcmp(what, "fitted") == 0)
        return f->glm.mu[row[j]];
    double low, high;
    if (strcmp(what, "profile") == 0)
        return firth_profile(&f->glm, j, 0, f->keep);
    if (strcmp(what, "low") == 0 || strcmp(what, "high") == 0) {
        assert_int_equal(firth_interval(&f->glm, j, 0.95, &low, &high), FIT_CONVERGED);
        return *what == 'l' ? low : high;
    }
    if (strncmp(what, "HC", 2) == 0)
        return robust_error(f, what, 0, j);
    if (strstr(what, "_HC"))
        return robust_error(f, strstr(what, "HC0") ? "cluster_HC0" : "cluster", 1 + (*what == 'b'),
                            j);
    for (size_t k = 0; k < n_glm_residuals; k++)
        if (strcmp(what, glm_residuals[k]->name) == 0)
            return glm_residuals[k]->of(&f->glm, row[j]);
    fail_msg("unknown quantity %s", what);
    return NAN;
}

static double quantity(struct fitted *f, const char *what)
{
    const struct glm *g = &f->glm;
    const struct {
        const char *name;
        double value;
    } known[] = {
        {"deviance", g->fit.deviance},
        {"dispersion", g->dispersion},
        {"null_deviance", g->null_deviance},
        {"df_residual", g->fit.df_residual},
        {"pearson", g->pearson},
        {"log_lik", g->fit.log_lik},
        {"aic", glm_aic(g)},
        {"bic", glm_bic(g)},
        {"penalty", g->penalty},
        {"theta", g->theta},
        {"theta_std_error", g->theta_std_error},
        {"theta_std_error_joint", f->observed.theta_std_error},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].name, what) == 0)
            return known[i].value;
    size_t end = strcspn(what, ".");
    return indexed(f, arena_strndup(f->keep, what, end), (size_t)(what[end + 1] - '0'));
}

/* All figures of a case; those made of differences to fewer digits. */
static void compare(struct fitted *f, const char *name, int digits)
{
    size_t n = 0;
    for (size_t i = 0; i < f->expected->n_rows; i++) {
        const char *what = reference_text(f->expected, i, "quantity");
        double want = reference_real(f->expected, i, "value");
        if (strcmp(reference_text(f->expected, i, "case"), name) != 0)
            continue;
        bool differences = strncmp(what, "observed", 8) == 0 || strstr(what, "_joint");
        check_digits(arena_printf(f->keep, "%s %s", name, what), quantity(f, what), want,
                     differences ? 8 : digits, __FILE__, __LINE__);
        n++;
    }
    assert_true(n > 0);
}

static void begin(struct fitted *f)
{
    *f = (struct fitted){.keep = arena_new()};
    f->data = reference_read("tests/reference/glm_data.csv", ',', f->keep);
    f->expected = reference_read("tests/reference/glm.csv", ',', f->keep);
    assert_non_null(f->data);
    assert_non_null(f->expected);
}

static void fit_both(struct fitted *f, struct glm_options *o)
{
    glm_fit(&f->d, o, &f->glm, f->keep);
    o->observed_information = true;
    glm_fit(&f->d, o, &f->observed, f->keep);
}

static void test_models(void **state)
{
    struct fitted f;
    (void)state;
    begin(&f);
    for (size_t i = 0; i < sizeof models / sizeof *models; i++) {
        const struct model *m = &models[i];
        struct glm_options o = {.family = m->family, .link = m->link, .theta = m->theta};
        f.d = design_for(&f, m->response, m->exposure);
        if (m->weight)
            o.weight = reference_column(f.data, m->weight, f.keep);
        fit_both(&f, &o);
        assert_int_equal(f.glm.fit.status, FIT_CONVERGED);
        compare(&f, m->name, 10);
    }
    arena_free(f.keep);
}

static void test_frequencies(void **state)
{
    struct fitted f;
    (void)state;
    begin(&f);
    f.d = design_for(&f, "hit", NULL);
    struct glm_options o = {.family = &family_binomial, .weight_kind = WEIGHT_FREQUENCY};
    o.weight = reference_column(f.data, "times", f.keep);
    fit_both(&f, &o);
    compare(&f, "frequency", 10);
    arena_free(f.keep);
}

static void test_negative_binomial(void **state)
{
    struct fitted f;
    (void)state;
    begin(&f);
    f.d = design_for(&f, "count", "exposure");
    struct glm_options o = {.family = &family_negative_binomial};
    fit_both(&f, &o);
    assert_int_equal(f.glm.fit.status, FIT_CONVERGED);
    compare(&f, "negative_binomial", 9);
    arena_free(f.keep);
}

static void test_firth(void **state)
{
    const double one_to_eight[] = {1, 2, 3, 4, 5, 6, 7, 8}, overlap[] = {1, 2, 3, 4, 4, 5, 6, 7};
    const double *quasi[] = {NULL, overlap}, *complete[] = {NULL, one_to_eight};
    const double y[] = {0, 0, 0, 0, 1, 1, 1, 1};
    struct glm_options o = {.family = &family_binomial, .firth = true};
    struct fitted f;
    (void)state;
    begin(&f);
    f.d = design_for(&f, "hit", NULL);
    glm_fit(&f.d, &o, &f.glm, f.keep);
    compare(&f, "firth", 10);
    f.d = design_of_columns(8, 2, quasi, y, f.keep);
    glm_fit(&f.d, &o, &f.glm, f.keep);
    assert_int_equal(f.glm.fit.status, FIT_CONVERGED);
    compare(&f, "firth_separated", 10);
    f.d = design_of_columns(8, 2, complete, y, f.keep);
    glm_fit(&f.d, &o, &f.glm, f.keep);
    compare(&f, "firth_complete", 10);
    arena_free(f.keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_models),
        cmocka_unit_test(test_frequencies),
        cmocka_unit_test(test_negative_binomial),
        cmocka_unit_test(test_firth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
