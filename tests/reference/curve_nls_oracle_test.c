/* SPDX-License-Identifier: GPL-3.0-or-later
   R's self-starting nls models and segmented lines on R's data sets, where one
   of the curves is the same model, if need be in other parameters. */
#include "tests/check.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_errno.h>

#include "models/curve/curve.h"
#include "models/curve/predict.h"
#include "models/regression/criteria.h"

/* Standard error of a smooth function of the parameters, given its gradient. */
static double delta(const struct fit *fit, const double *g)
{
    double total = 0;
    for (size_t i = 0; i < fit->n_params; i++)
        for (size_t j = 0; j < fit->n_params; j++)
            total += g[i] * g[j] * fit->vcov[i * fit->n_params + j];
    return sqrt(total);
}

typedef double figure(const struct fit *fit);

static double estimate_0(const struct fit *fit)
{
    return fit->estimate[0];
}

static double estimate_1(const struct fit *fit)
{
    return fit->estimate[1];
}

static double std_error_0(const struct fit *fit)
{
    return fit_std_error(fit, 0);
}

static double std_error_1(const struct fit *fit)
{
    return fit_std_error(fit, 1);
}

static double log_rate(const struct fit *fit)
{
    return log(fit->estimate[1]);
}

static double log_rate_se(const struct fit *fit)
{
    return fit_std_error(fit, 1) / fit->estimate[1];
}

static double xmid(const struct fit *fit)
{
    return fit->estimate[1] / fit->estimate[2];
}

static double xmid_se(const struct fit *fit)
{
    double c = fit->estimate[2];
    return delta(fit, (const double[]){0, 1 / c, -fit->estimate[1] / (c * c)});
}

static double scal(const struct fit *fit)
{
    return 1 / fit->estimate[2];
}

static double scal_se(const struct fit *fit)
{
    return fit_std_error(fit, 2) / (fit->estimate[2] * fit->estimate[2]);
}

static double knot(const struct fit *fit)
{
    return fit->estimate[3];
}

static double slope_after(const struct fit *fit)
{
    return fit->estimate[1] + fit->estimate[2];
}

static double slope_after_se(const struct fit *fit)
{
    return delta(fit, (const double[]){0, 1, 1, 0});
}

static double deviance(const struct fit *fit)
{
    return fit->deviance;
}

static double sigma(const struct fit *fit)
{
    return fit->sigma;
}

static double df(const struct fit *fit)
{
    return fit->df_residual;
}

static double log_lik(const struct fit *fit)
{
    return fit->log_lik;
}

static double aic(const struct fit *fit)
{
    return criteria_of(fit->log_lik, (double)fit->n_params + 1, fit->n_obs).aic;
}

static double bic(const struct fit *fit)
{
    return criteria_of(fit->log_lik, (double)fit->n_params + 1, fit->n_obs).bic;
}

static double r_squared(const struct fit *fit)
{
    return fit->r_squared;
}

/* SSasymp: Asym = a, R0 = a + b, lrc = log(-c). */
static double level_at_0(const struct fit *fit)
{
    return fit->estimate[0] + fit->estimate[1];
}

static double level_at_0_se(const struct fit *fit)
{
    return delta(fit, (const double[]){1, 1, 0});
}

static double log_minus_rate(const struct fit *fit)
{
    return log(-fit->estimate[2]);
}

static double log_minus_rate_se(const struct fit *fit)
{
    return -fit_std_error(fit, 2) / fit->estimate[2];
}

/* SSasympOff: Asym (1 - exp(-exp(lrc) (x - c0))), so c0 = log(-b / Asym) / -c. */
static double offset(const struct fit *fit)
{
    return log(-fit->estimate[1] / fit->estimate[0]) / -fit->estimate[2];
}

static double offset_se(const struct fit *fit)
{
    const double *b = fit->estimate;
    return delta(fit, (const double[]){1 / (b[0] * b[2]), -1 / (b[1] * b[2]), -offset(fit) / b[2]});
}

static double minus_1(const struct fit *fit)
{
    return -fit->estimate[1];
}

static double minus_2(const struct fit *fit)
{
    return -fit->estimate[2];
}

static double std_error_2(const struct fit *fit)
{
    return fit_std_error(fit, 2);
}

/* SSweibull: lrc = -shape log(scale), pwr = shape. */
static double weibull_lrc(const struct fit *fit)
{
    return -fit->estimate[3] * log(fit->estimate[2]);
}

static double weibull_lrc_se(const struct fit *fit)
{
    const double *b = fit->estimate;
    return delta(fit, (const double[]){0, 0, -b[3] / b[2], -log(b[2])});
}

static double estimate_3(const struct fit *fit)
{
    return fit->estimate[3];
}

static double std_error_3(const struct fit *fit)
{
    return fit_std_error(fit, 3);
}

struct named {
    const char *quantity;
    figure *of;
};

static const struct named common[] = {
    {"rss", deviance}, {"sigma", sigma},         {"df", df}, {"logLik", log_lik}, {"AIC", aic},
    {"BIC", bic},      {"pseudo_r2", r_squared},
};

struct model {
    const char *name, *file, *x, *y;
    bool log_x;
    const struct curve *curve;
    struct named own[8];
};

#define SSLOGIS                                                                                   \
    {                                                                                             \
        {"b.Asym", estimate_0}, {"se.Asym", std_error_0}, {"b.xmid", xmid}, {"se.xmid", xmid_se}, \
            {"b.scal", scal},                                                                     \
        {                                                                                         \
            "se.scal", scal_se                                                                    \
        }                                                                                         \
    }

static const struct model models[] = {
    {"power",
     "cars",
     "speed",
     "dist",
     false,
     &curve_power,
     {{"b.a", estimate_0}, {"se.a", std_error_0}, {"b.b", estimate_1}, {"se.b", std_error_1}}},
    {"SSmicmen_untreated",
     "Puromycin_untreated",
     "conc",
     "rate",
     false,
     &curve_michaelis_menten,
     {{"b.Vm", estimate_0}, {"se.Vm", std_error_0}, {"b.K", estimate_1}, {"se.K", std_error_1}}},
    {"SSasympOrig",
     "Loblolly301",
     "age",
     "height",
     false,
     &curve_asymptotic,
     {{"b.Asym", estimate_0},
      {"se.Asym", std_error_0},
      {"b.lrc", log_rate},
      {"se.lrc", log_rate_se}}},
    {"SSlogis_run2", "DNase2", "conc", "density", true, &curve_logistic, SSLOGIS},
    {"SSlogis_run4", "DNase4", "conc", "density", true, &curve_logistic, SSLOGIS},
    {"SSlogis_run6", "DNase6", "conc", "density", true, &curve_logistic, SSLOGIS},
    {"SSlogis_run8", "DNase8", "conc", "density", true, &curve_logistic, SSLOGIS},
    {"SSlogis_run10", "DNase10", "conc", "density", true, &curve_logistic, SSLOGIS},
    {"logistic_pop", "uspop", "year", "pop", false, &curve_logistic, SSLOGIS},
    {"SSasymp",
     "Loblolly301",
     "age",
     "height",
     false,
     &curve_exponential_offset,
     {{"b.Asym", estimate_0},
      {"se.Asym", std_error_0},
      {"b.R0", level_at_0},
      {"se.R0", level_at_0_se},
      {"b.lrc", log_minus_rate},
      {"se.lrc", log_minus_rate_se}}},
    {"SSasympOff",
     "CO2_Qn1",
     "conc",
     "uptake",
     false,
     &curve_exponential_offset,
     {{"b.Asym", estimate_0},
      {"se.Asym", std_error_0},
      {"b.lrc", log_minus_rate},
      {"se.lrc", log_minus_rate_se},
      {"b.c0", offset},
      {"se.c0", offset_se}}},
    {"exponential_decay",
     "Loblolly301",
     "age",
     "height",
     false,
     &curve_exponential_offset,
     {{"b.a", estimate_0},
      {"se.a", std_error_0},
      {"b.b", minus_1},
      {"se.b", std_error_1},
      {"b.k", minus_2},
      {"se.k", std_error_2}}},
    {"SSweibull",
     "Chick6",
     "Time",
     "weight",
     false,
     &curve_weibull,
     {{"b.Asym", estimate_0},
      {"se.Asym", std_error_0},
      {"b.Drop", estimate_1},
      {"se.Drop", std_error_1},
      {"b.lrc", weibull_lrc},
      {"se.lrc", weibull_lrc_se},
      {"b.pwr", estimate_3},
      {"se.pwr", std_error_3}}},
    {"brokenstick_global:cars",
     "cars",
     "speed",
     "dist",
     false,
     &curve_hinge,
     {{"psi", knot}, {"intercept", estimate_0}, {"slope1", estimate_1}, {"slope2", slope_after}}},
    {"segmented:cars",
     "cars",
     "speed",
     "dist",
     false,
     &curve_hinge,
     {{"psi1", knot},
      {"se_psi1", std_error_3},
      {"slope1", estimate_1},
      {"se_slope1", std_error_1},
      {"slope2", slope_after},
      {"se_slope2", slope_after_se}}},
};

static const struct named *find(const struct named *table, size_t n, const char *quantity)
{
    for (size_t i = 0; i < n && table[i].quantity; i++)
        if (strcmp(table[i].quantity, quantity) == 0)
            return &table[i];
    return NULL;
}

static struct fit fit_model(const struct model *m, struct arena *keep)
{
    const char *path = oracle_path(arena_printf(keep, "nls/data/%s.csv", m->file), keep);
    assert_non_null(path);
    const struct reference *data = reference_read(path, ',', keep);
    double *x = reference_column(data, m->x, keep);
    struct sample s = {.n = data->n_rows, .x = x, .y = reference_column(data, m->y, keep)};
    for (size_t i = 0; m->log_x && i < s.n; i++)
        x[i] = log(x[i]);
    struct fit fit;
    curve_fit(m->curve, &s, NULL, NULL, &fit, keep);
    assert_string_equal(fit_status_word(fit.status), "converged");
    return fit;
}

static void compare(const struct model *m, const struct reference *want, struct arena *keep)
{
    struct fit fit = fit_model(m, keep);
    double least = 17;
    size_t compared = 0;
    for (size_t i = 0; i < want->n_rows; i++) {
        if (strcmp(reference_text(want, i, "case"), m->name) != 0)
            continue;
        const char *quantity = reference_text(want, i, "quantity");
        const struct named *named = find(m->own, sizeof m->own / sizeof *m->own, quantity);
        if (!named)
            named = find(common, sizeof common / sizeof *common, quantity);
        if (!named)
            continue;
        double got = named->of(&fit), value = reference_real(want, i, "value");
        if (!agrees(got, value, reference_real(want, i, "abs_tol"),
                    reference_real(want, i, "rel_tol")))
            fail_msg("%s %s: got %.17g, want %.17g", m->name, quantity, got, value);
        least = fmin(least, got == value ? 17 : -log10(fabs(got / value - 1)));
        compared++;
    }
    print_message("%-24s %2zu figures, %4.1f digits or more\n", m->name, compared, least);
    assert_true(compared >= 4);
}

static void test_models(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const char *path = oracle_path("nls/expected.tsv", keep);
    const struct reference *want = path ? reference_read(path, '\t', keep) : NULL;
    for (size_t i = 0; want && i < sizeof models / sizeof *models; i++)
        compare(&models[i], want, keep);
    arena_free(keep);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_models)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
