/* SPDX-License-Identifier: GPL-3.0-or-later
   Generalised linear models against the oracles of R 4.2.2's glm, MASS and sandwich. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

#include "models/glm/covariance.h"
#include "models/glm/residual.h"
#include "tests/check.h"
#include "tests/glm_data.h"

#define LONGLEY "GNP.deflator GNP Unemployed Armed.Forces Population Year"
#define MROZ "age age2 inc education kids"
#define SWISS "income age age^2 education youngkids oldkids foreign=yes"
#define ARTICLES "fem=Women mar=Married kid5 phd ment"
#define TRIPS "quality ski=yes income userfee=yes costC costS costH"
#define VISITS "hospital health=poor health=excellent chronic gender=male school insurance=yes"

/* Where the link is not canonical, R's scoring steps approach the maximum slowly and stop where
   the deviance is still: its coefficients are then 1e-7 off (glm_reference_test holds ours
   against R's iterated on to the last digit).  On Longley's data sandwich loses eight digits to
   the condition of X'X: test_longley has exact ones. */
static const struct oracle {
    const char *name, *data, *response, *terms;
    const struct family *family;
    const struct link *link;
    const char *weight;
    double floor; /* digits that R's own figures lack */
} oracles[] = {
    {"logit:spector", "spector", "GRADE", "GPA TUCE PSI", &family_binomial, &link_logit, NULL, 0},
    {"probit:spector", "spector", "GRADE", "GPA TUCE PSI", &family_binomial, &link_probit, NULL,
     5e-7},
    {"cloglog:spector", "spector", "GRADE", "GPA TUCE PSI", &family_binomial, &link_cloglog, NULL,
     5e-7},
    {"logit:mroz", "mroz", "lfp", MROZ, &family_binomial, &link_logit, NULL, 0},
    {"probit:mroz", "mroz", "lfp", MROZ, &family_binomial, &link_probit, NULL, 5e-7},
    {"probit:swisslabor", "swisslabor", "participation=yes", SWISS, &family_binomial, &link_probit,
     NULL, 5e-7},
    {"logit_weighted:housing_binary", "housing_binary", "high", "Infl=Medium Infl=High Cont=High",
     &family_binomial, &link_logit, "Freq", 0},
    {"poisson:biochemists", "biochemists", "art", ARTICLES, &family_poisson, &link_log, NULL, 0},
    {"poisson:recreation", "recreation", "trips", TRIPS, &family_poisson, &link_log, NULL, 0},
    {"gaussian:longley", "longley", "Employed", LONGLEY, &family_gaussian, &link_identity, NULL,
     1e-7},
    {"ols:longley", "longley", "Employed", LONGLEY, &family_gaussian, &link_identity, NULL, 1e-7},
    {"ols_cluster:petersen", "petersen", "y", "x", &family_gaussian, &link_identity, NULL, 0},
    {"negbin2:biochemists", "biochemists", "art", ARTICLES, &family_negative_binomial, &link_log,
     NULL, 0},
    {"negbin2:recreation", "recreation", "trips", TRIPS, &family_negative_binomial, &link_log, NULL,
     0},
    {"negbin2:nmes", "nmes", "visits", VISITS, &family_negative_binomial, &link_log, NULL, 0},
};

/* One model with what is asked of it. */
struct fitted {
    struct design d;
    struct glm expected, observed;
    uint32_t *cluster[2];
    size_t n_clusters[2];
    struct arena *keep;
};

static void number_clusters(const struct reference *data, const char *column, struct fitted *f,
                            size_t way)
{
    double widest = 0;
    f->cluster[way] = ARENA_NEW(f->keep, uint32_t, f->d.n);
    for (size_t i = 0; i < f->d.n; i++) {
        double code = reference_real(data, i, column);
        f->cluster[way][i] = (uint32_t)code;
        widest = fmax(widest, code);
    }
    f->n_clusters[way] = (size_t)widest + 1;
}

static void fit_oracle(const struct oracle *o, struct fitted *f)
{
    const char *path = oracle_path(arena_printf(f->keep, "glm/data/%s.csv", o->data), f->keep);
    struct reference *data = reference_read(path, ',', f->keep);
    struct glm_options options = {.family = o->family, .link = o->link};
    assert_non_null(data);
    f->d = design_of(data, o->response, o->terms, f->keep);
    if (o->weight)
        options.weight = reference_column(data, o->weight, f->keep);
    glm_fit(&f->d, &options, &f->expected, f->keep);
    options.observed_information = true;
    glm_fit(&f->d, &options, &f->observed, f->keep);
    if (strcmp(o->data, "petersen") == 0) {
        number_clusters(data, "firm", f, 0);
        number_clusters(data, "year", f, 1);
    }
}

/* The oracle's name of a column: R's without brackets. */
static size_t column_of(const struct fitted *f, const char *name)
{
    for (size_t j = 0; j < f->d.p; j++) {
        char plain[64];
        size_t length = 0;
        for (const char *s = f->d.name[j]; *s; s++)
            if (*s != '(' && *s != ')')
                plain[length++] = *s;
        plain[length] = '\0';
        if (strcmp(plain, name) == 0)
            return j;
    }
    fail_msg("no column %s", name);
    return 0;
}

static double robust_error(struct fitted *f, const char *kind, const struct glm_clusters *clusters,
                           size_t j)
{
    size_t p = f->d.p;
    double *vcov = ARENA_NEW(f->keep, double, p *p);
    const struct glm_covariance *k = glm_covariance_find(kind);
    assert_non_null(k);
    assert_int_equal(glm_covariance(&f->expected, k, clusters, vcov, f->keep), FIT_CONVERGED);
    return sqrt(vcov[j * p + j]);
}

static double cluster_error(struct fitted *f, const char *what, size_t j)
{
    struct glm_clusters one = {.n_ways = 1}, two = {.n_ways = 2, .whole_rows = true};
    size_t way = strstr(what, "year") != NULL;
    one.code[0] = f->cluster[way];
    one.n_clusters[0] = f->n_clusters[way];
    for (size_t w = 0; w < 2; w++) {
        two.code[w] = f->cluster[w];
        two.n_clusters[w] = f->n_clusters[w];
    }
    bool twoway = strcmp(what, "se_twoway") == 0, hc0 = strstr(what, "HC0") != NULL;
    return robust_error(f, hc0 ? "cluster_HC0" : "cluster", twoway ? &two : &one, j);
}

/* A quantity of one coefficient, "se_HC3" and its column. */
static double of_column(struct fitted *f, const char *what, size_t j)
{
    const struct fit *fit = &f->expected.fit;
    double b = fit->estimate[j], se = fit_std_error(fit, j), z = b / se;
    if (strcmp(what, "b") == 0)
        return b;
    if (strcmp(what, "se") == 0)
        return se;
    if (strcmp(what, "z") == 0)
        return z;
    if (strcmp(what, "p") == 0)
        return 2 * (isinf(fit_df(fit)) ? gsl_cdf_ugaussian_Q(fabs(z))
                                       : gsl_cdf_tdist_Q(fabs(z), fit_df(fit)));
    if (strcmp(what, "se_observed_info") == 0 || strcmp(what, "se_joint_observed") == 0)
        return fit_std_error(&f->observed.fit, j);
    if (strcmp(what, "se_sandwich_fixed_theta") == 0)
        return robust_error(f, "HC0", NULL, j);
    if (strcmp(what, "se_hc1") == 0)
        return robust_error(f, "HC1", NULL, j);
    if (strncmp(what, "se_HC", 5) == 0)
        return robust_error(f, what + 3, NULL, j);
    if (strncmp(what, "se_cl_", 6) == 0 || strcmp(what, "se_twoway") == 0)
        return cluster_error(f, what, j);
    fail_msg("unknown quantity %s", what);
    return NAN;
}

static double largest(struct fitted *f, bool cook)
{
    double most = 0;
    for (size_t i = 0; i < f->d.n; i++)
        most = fmax(most, cook ? glm_cook(&f->expected, i) : f->expected.leverage[i]);
    return most;
}

static bool of_model(struct fitted *f, const char *what, double *value)
{
    const struct glm *g = &f->expected;
    const struct fit *fit = &g->fit;
    double gain = fit->log_lik - g->null_log_lik, n = fit->n_obs;
    const struct {
        const char *name;
        double value;
    } known[] = {
        {"logLik", fit->log_lik},
        {"df_model", glm_n_parameters(g)},
        {"AIC", glm_aic(g)},
        {"BIC", glm_bic(g)},
        {"deviance", fit->deviance},
        {"null_deviance", g->null_deviance},
        {"null_logLik", g->null_log_lik},
        {"pearson_chisq", g->pearson},
        {"dispersion", g->dispersion},
        {"df_resid", fit->df_residual},
        {"fitted_1", g->mu[0]},
        {"fitted_last", g->mu[f->d.n - 1]},
        {"vcov_12", fit->vcov[1]},
        {"mcfadden", 1 - fit->log_lik / g->null_log_lik},
        {"cox_snell", -expm1(-2 * gain / n)},
        {"nagelkerke", expm1(-2 * gain / n) / expm1(2 * g->null_log_lik / n)},
        {"theta", g->theta},
        {"se_theta", g->theta_std_error},
        {"alpha_1_over_theta", 1 / g->theta},
        {"se_joint_observed.ln_theta", f->observed.theta_std_error / f->observed.theta},
        {"sigma", fit->sigma},
        {"r2", fit->r_squared},
        {"max_leverage", largest(f, false)},
        {"max_cooks", largest(f, true)},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].name, what) == 0) {
            *value = known[i].value;
            return true;
        }
    return false;
}

/* Tests of the residuals belong to another place. */
static bool elsewhere(const char *what)
{
    const char *const others[] = {"adj_r2", "F",     "breusch", "durbin",
                                  "jarque", "reset", "shapiro", "vif"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strncmp(what, others[i], strlen(others[i])) == 0)
            return true;
    return false;
}

/* The oracle's second derivatives are by differences and keep two or three digits; the analytic
   ones are held by glm_reference_test.  A p-value has z^2 times the relative error of its z, and
   R's standard errors are those of its last step but one. */
static double floor_of(const struct oracle *o, const char *what)
{
    if (strncmp(what, "p.", 2) == 0)
        return fmax(50 * o->floor, 2e-6);
    bool differences = strncmp(what, "se_observed", 11) == 0 || strncmp(what, "se_joint", 8) == 0;
    return differences ? 5e-3 : o->floor;
}

static void compare(const struct oracle *o, const struct reference *expected, struct fitted *f)
{
    size_t n = 0;
    double worst = 0;
    for (size_t i = 0; i < expected->n_rows; i++) {
        const char *what = reference_text(expected, i, "quantity");
        double want = reference_real(expected, i, "value"), got;
        if (strcmp(reference_text(expected, i, "case"), o->name) != 0 || elsewhere(what))
            continue;
        if (!of_model(f, what, &got)) {
            size_t end = strcspn(what, ".");
            assert_true(what[end] == '.');
            got = of_column(f, arena_strndup(f->keep, what, end), column_of(f, what + end + 1));
        }
        double off = fabs(got - want) / fmax(fabs(want), 1e-300);
        worst = fmax(worst, off);
        n++;
        if (!agrees(got, want, reference_real(expected, i, "abs_tol"),
                    fmax(reference_real(expected, i, "rel_tol"), floor_of(o, what))))
            fail_msg("%s %s: %.15g, not %.15g (%.1e)", o->name, what, got, want, off);
    }
    assert_true(n > 0);
    print_message("%s: %zu values, worst %.1e\n", o->name, n, worst);
}

static void test_oracles(void **state)
{
    struct arena *keep = arena_new();
    const char *path = oracle_path("glm/expected.tsv", keep);
    (void)state;
    if (!path) {
        arena_free(keep);
        skip();
    }
    struct reference *expected = reference_read(path, '\t', keep);
    for (size_t i = 0; i < sizeof oracles / sizeof *oracles; i++) {
        struct fitted f = {.keep = keep};
        fit_oracle(&oracles[i], &f);
        assert_int_equal(f.expected.fit.status, FIT_CONVERGED);
        compare(&oracles[i], expected, &f);
    }
    arena_free(keep);
}

/* By least squares in rational numbers (Python's fractions), rounded at the end. */
static void test_longley(void **state)
{
    struct arena *keep = arena_new();
    (void)state;
    if (!oracle_path("glm/expected.tsv", keep)) {
        arena_free(keep);
        skip();
    }
    for (size_t i = 0; i < sizeof oracles / sizeof *oracles; i++) {
        struct fitted f = {.keep = keep};
        if (strcmp(oracles[i].name, "ols:longley") != 0)
            continue;
        fit_oracle(&oracles[i], &f);
        assert_digits(f.expected.fit.estimate[0], -3482.2586345958184, 13);
        assert_digits(fit_std_error(&f.expected.fit, 0), 890.4203836073725, 13);
        assert_digits(robust_error(&f, "HC0", NULL, 0), 832.2115805803267, 13);
    }
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_oracles),
                                       cmocka_unit_test(test_longley)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
