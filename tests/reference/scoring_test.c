/* SPDX-License-Identifier: GPL-3.0-or-later
   Scores of predicted probabilities against scripts/reference/scoring.R: pROC and glm, and the
   definitions written out. */
#include <math.h>
#include <string.h>

#include <gsl/gsl_errno.h>

#include "models/glm/glm.h"
#include "models/scoring/auc.h"
#include "models/scoring/brier.h"
#include "models/scoring/calibration.h"
#include "models/scoring/hosmer_lemeshow.h"
#include "models/scoring/lift.h"
#include "models/scoring/pseudo_r_squared.h"
#include "models/scoring/roc.h"
#include "tests/check.h"
#include "tests/glm_data.h"

/* A quantity of one case. */
struct named {
    const char *name;
    double value;
};

struct fixture {
    struct arena *keep;
    struct reference *want;
    size_t n;
    double *y, *p, *q, *w, *part;
};

static int set_up(void **state)
{
    struct arena *keep = arena_new();
    struct fixture *f = ARENA_NEW(keep, struct fixture, 1);
    struct reference *data = reference_read("tests/reference/scoring_data.csv", ',', keep);
    f->keep = keep;
    f->want = reference_read("tests/reference/scoring.csv", ',', keep);
    assert_true(f->want && data);
    f->n = data->n_rows;
    f->y = reference_column(data, "y", keep);
    f->p = reference_column(data, "p", keep);
    f->q = reference_column(data, "q", keep);
    f->w = reference_column(data, "w", keep);
    f->part = reference_column(data, "part", keep);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    arena_free(f->keep);
    return 0;
}

/* All quantities of a case: each must be among the figures, and one at least. */
static void compare(const struct fixture *f, const char *name, const struct named *figures,
                    size_t n, double digits)
{
    const struct reference *t = f->want;
    size_t compared = 0;
    for (size_t i = 0; i < t->n_rows; i++) {
        const char *quantity = reference_text(t, i, "quantity");
        if (strcmp(reference_text(t, i, "case"), name) != 0)
            continue;
        size_t k = 0;
        while (k < n && strcmp(figures[k].name, quantity) != 0)
            k++;
        if (k == n)
            fail_msg("%s: no figure %s", name, quantity);
        check_digits(arena_printf(f->keep, "%s %s", name, quantity), figures[k].value,
                     reference_real(t, i, "value"), digits, __FILE__, __LINE__);
        compared++;
    }
    assert_true(compared > 0);
}

#define COMPARE(f, name, figures, digits) \
    compare((f), (name), (figures), sizeof(figures) / sizeof *(figures), (digits))

static struct predictions predictions_of(const struct fixture *f, const double *p, const double *w,
                                         enum weight_kind kind)
{
    return (struct predictions){.n = f->n, .p = p, .y = f->y, .w = w, .weight_kind = kind};
}

/* ---- the area under the curve ---- */

static void compare_auc(const struct fixture *f, const char *name, const struct auc *auc)
{
    const struct named figures[] = {
        {"estimate", auc->estimate},   {"std_error", auc->std_error},
        {"conf_low", auc->conf_low},   {"conf_high", auc->conf_high},
        {"logit_low", auc->logit_low}, {"logit_high", auc->logit_high},
    };
    assert_int_equal(auc->status, FIT_OK);
    COMPARE(f, name, figures, 12);
}

static void area_is_that_of_proc(void **state)
{
    const struct fixture *f = *state;
    const struct {
        const char *name;
        const double *p, *w;
        enum weight_kind kind;
    } cases[] = {{"auc/p", f->p, NULL, WEIGHT_NONE},
                 {"auc/q", f->q, NULL, WEIGHT_NONE},
                 {"auc/frequencies", f->p, f->w, WEIGHT_FREQUENCY},
                 {"auc/sampling", f->p, f->w, WEIGHT_SAMPLING}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct predictions s = predictions_of(f, cases[k].p, cases[k].w, cases[k].kind);
        struct auc auc = auc_delong(&s, 0.95, f->keep);
        compare_auc(f, cases[k].name, &auc);
    }
}

static void compare_difference(const struct fixture *f, const char *name,
                               const struct auc_difference *d)
{
    const struct named figures[] = {{"estimate", d->estimate},   {"std_error", d->std_error},
                                    {"statistic", d->statistic}, {"df", d->df},
                                    {"p_value", d->p_value},     {"conf_low", d->conf_low},
                                    {"conf_high", d->conf_high}};
    assert_int_equal(d->status, FIT_OK);
    COMPARE(f, name, figures, 11);
}

static void areas_differ_as_in_proc(void **state)
{
    const struct fixture *f = *state;
    struct predictions s = predictions_of(f, f->p, NULL, WEIGHT_NONE);
    struct auc_difference d = auc_paired(&s, f->q, 0.95, f->keep);
    compare_difference(f, "paired/p-q", &d);
    s = predictions_of(f, f->p, f->w, WEIGHT_FREQUENCY);
    d = auc_paired(&s, f->q, 0.95, f->keep);
    compare_difference(f, "paired/frequencies", &d);

    double *first = ARENA_NEW(f->keep, double, f->n), *second = ARENA_NEW(f->keep, double, f->n);
    for (size_t i = 0; i < f->n; i++) { /* the parts, by frequencies of 0 and 1 */
        first[i] = f->part[i] == 1;
        second[i] = f->part[i] == 2;
    }
    s = predictions_of(f, f->p, first, WEIGHT_FREQUENCY);
    struct auc a = auc_delong(&s, 0.95, f->keep);
    s = predictions_of(f, f->p, second, WEIGHT_FREQUENCY);
    struct auc b = auc_delong(&s, 0.95, f->keep);
    d = auc_unpaired(&a, &b, 0.95);
    compare_difference(f, "unpaired/p", &d);
}

static void clusters_are_drawn_together(void **state)
{
    const struct fixture *f = *state;
    struct predictions s = predictions_of(f, f->p, NULL, WEIGHT_NONE);
    uint32_t *cluster = ARENA_NEW(f->keep, uint32_t, f->n);
    struct calibration c;
    for (size_t i = 0; i < f->n; i++)
        cluster[i] = (uint32_t)((i + 1) * 7 % 23);
    s.cluster = cluster;
    s.n_clusters = 24; /* one of them empty */
    struct auc auc = auc_delong(&s, 0.95, f->keep);
    const struct named area[] = {{"estimate", auc.estimate},
                                 {"std_error", auc.std_error},
                                 {"conf_low", auc.conf_low},
                                 {"conf_high", auc.conf_high}};
    COMPARE(f, "clusters/auc", area, 12);
    struct auc_difference d = auc_paired(&s, f->q, 0.95, f->keep);
    const struct named paired[] = {
        {"estimate", d.estimate}, {"std_error", d.std_error}, {"df", d.df}, {"p_value", d.p_value}};
    COMPARE(f, "clusters/paired", paired, 12);
    struct mean_loss m = brier_score(&s, 0.95);
    const struct named brier[] = {{"estimate", m.estimate}, {"std_error", m.std_error}};
    COMPARE(f, "clusters/brier", brier, 12);
    calibration_fit(&s, &c, f->keep);
    const struct named slope[] = {{"intercept_std_error", c.intercept_std_error},
                                  {"slope_std_error", c.slope_std_error}};
    COMPARE(f, "clusters/calibration", slope, 9);
    assert_true(isnan(c.p_value));
    s.cluster = memset(cluster, 0, f->n * sizeof *cluster);
    auc = auc_delong(&s, 0.95, f->keep);
    assert_true(auc.status == FIT_TOO_FEW && isnan(auc.conf_low));
    assert_int_equal(brier_score(&s, 0.95).status, FIT_TOO_FEW);
}

/* ---- the others: on p, on q, and on p with frequencies ---- */

struct named_predictions {
    const char *name;
    struct predictions s;
};

enum { N_NAMED = 3 };

static void named_predictions(const struct fixture *f, struct named_predictions all[N_NAMED])
{
    all[0] = (struct named_predictions){"p", predictions_of(f, f->p, NULL, WEIGHT_NONE)};
    all[1] = (struct named_predictions){"q", predictions_of(f, f->q, NULL, WEIGHT_NONE)};
    all[2] =
        (struct named_predictions){"frequencies", predictions_of(f, f->p, f->w, WEIGHT_FREQUENCY)};
}

static void thresholds_give_the_points_of_proc(void **state)
{
    const struct fixture *f = *state;
    struct predictions s = predictions_of(f, f->p, NULL, WEIGHT_NONE);
    struct roc roc = roc_points(&s, f->keep);
    assert_int_equal(roc.status, FIT_OK);
    const size_t at[] = {0, 9, 24, roc.n - 2};
    for (size_t k = 0; k < 4; k++) {
        const struct roc_point *p = &roc.point[at[k]];
        const struct named figures[] = {
            {"threshold", p->threshold},     {"sensitivity", p->sensitivity},
            {"specificity", p->specificity}, {"youden", p->youden},
            {"precision", p->precision},     {"flagged", p->flagged}};
        COMPARE(f, arena_printf(f->keep, "roc/%zu", at[k]), figures, 13);
    }
    const struct roc_point *best = &roc.point[roc.best];
    const struct named figures[] = {{"sensitivity", best->sensitivity},
                                    {"specificity", best->specificity}};
    COMPARE(f, "roc/best", figures, 13);
    assert_true(isinf(roc.point[roc.n - 1].threshold) && roc.point[roc.n - 1].specificity == 1);
}

static void compare_loss(const struct fixture *f, const char *name, const struct mean_loss *m)
{
    const struct named figures[] = {{"estimate", m->estimate},
                                    {"std_error", m->std_error},
                                    {"conf_low", m->conf_low},
                                    {"conf_high", m->conf_high}};
    assert_int_equal(m->status, FIT_OK);
    COMPARE(f, name, figures, 12);
}

static void compare_parts(const struct fixture *f, const char *name, const struct brier_parts *b)
{
    const struct named figures[] = {{"reliability", b->reliability},
                                    {"resolution", b->resolution},
                                    {"uncertainty", b->uncertainty},
                                    {"within_variance", b->within_variance},
                                    {"within_covariance", b->within_covariance},
                                    {"skill", b->skill}};
    assert_int_equal(b->status, FIT_OK);
    COMPARE(f, name, figures, 12);
}

static void losses_and_their_parts(void **state)
{
    const struct fixture *f = *state;
    struct named_predictions all[N_NAMED];
    named_predictions(f, all);
    for (size_t k = 0; k < N_NAMED; k++) {
        const struct predictions *s = &all[k].s;
        struct mean_loss brier = brier_score(s, 0.95), log_loss = log_score(s, 0.95);
        compare_loss(f, arena_printf(f->keep, "brier/%s", all[k].name), &brier);
        compare_loss(f, arena_printf(f->keep, "log/%s", all[k].name), &log_loss);
        struct prediction_groups equal = prediction_equal_groups(s, f->keep);
        struct brier_parts parts = brier_decomposition(s, &equal);
        compare_parts(f, arena_printf(f->keep, "equal/%s", all[k].name), &parts);
        for (size_t g = 5; g <= 10; g += 5) {
            struct prediction_groups groups = prediction_quantile_groups(s, g, f->keep);
            parts = brier_decomposition(s, &groups);
            compare_parts(f, arena_printf(f->keep, "bins%zu/%s", g, all[k].name), &parts);
        }
        struct spiegelhalter t = spiegelhalter_test(s);
        const struct named figures[] = {{"statistic", t.statistic}, {"p_value", t.p_value}};
        COMPARE(f, arena_printf(f->keep, "spiegelhalter/%s", all[k].name), figures, 11);
    }
}

static void calibration_is_that_of_glm(void **state)
{
    const struct fixture *f = *state;
    struct named_predictions all[N_NAMED];
    named_predictions(f, all);
    for (size_t k = 0; k < N_NAMED; k++) {
        struct calibration c;
        calibration_fit(&all[k].s, &c, f->keep);
        const struct named figures[] = {
            {"in_large", c.in_large},   {"in_large_std_error", c.in_large_std_error},
            {"intercept", c.intercept}, {"intercept_std_error", c.intercept_std_error},
            {"slope", c.slope},         {"slope_std_error", c.slope_std_error},
            {"statistic", c.statistic}, {"df", c.df},
            {"p_value", c.p_value},     {"observed", c.observed},
            {"predicted", c.predicted}};
        assert_true(c.status == FIT_OK && c.large_status == FIT_OK);
        COMPARE(f, arena_printf(f->keep, "calibration/%s", all[k].name), figures, 10);
    }
}

static void compare_groups(const struct fixture *f, const char *name,
                           const struct prediction_groups *groups)
{
    for (size_t j = 0; j < groups->n; j++) {
        const struct prediction_group *g = &groups->group[j];
        struct proportion rate = calibration_rate(g, 0.95);
        const struct named figures[] = {{"n", g->n},
                                        {"predicted", g->predicted},
                                        {"rate", rate.estimate},
                                        {"conf_low", rate.conf_low},
                                        {"conf_high", rate.conf_high},
                                        {"low", g->low},
                                        {"high", g->high}};
        COMPARE(f, arena_printf(f->keep, "%s/%zu", name, j + 1), figures, 12);
    }
    const struct named error[] = {{"error", calibration_error(groups)}};
    COMPARE(f, arena_printf(f->keep, "%s/error", name), error, 12);
}

static void compare_hosmer(const struct fixture *f, const char *name,
                           const struct hosmer_lemeshow *t)
{
    const struct named figures[] = {{"n_groups", (double)t->n_groups},
                                    {"statistic", t->statistic},
                                    {"df", t->df},
                                    {"p_value", t->p_value},
                                    {"smallest", t->smallest}};
    assert_int_equal(t->status, FIT_OK);
    COMPARE(f, name, figures, 11);
}

static void groups_are_those_of_hoslem(void **state)
{
    const struct fixture *f = *state;
    struct named_predictions all[N_NAMED];
    named_predictions(f, all);
    for (size_t k = 0; k < N_NAMED; k++)
        for (size_t g = 5; g <= 10; g += 5) {
            struct prediction_groups groups = prediction_quantile_groups(&all[k].s, g, f->keep);
            compare_groups(f, arena_printf(f->keep, "table%zu/%s", g, all[k].name), &groups);
            struct hosmer_lemeshow t = hosmer_lemeshow(&all[k].s, &groups, true);
            compare_hosmer(f, arena_printf(f->keep, "hl%zu/%s", g, all[k].name), &t);
            t = hosmer_lemeshow(&all[k].s, &groups, false);
            if (g == 10)
                compare_hosmer(f, arena_printf(f->keep, "hl10_new/%s", all[k].name), &t);
        }
}

static void ties_leave_fewer_groups(void **state)
{
    const struct fixture *f = *state;
    double *coarse = ARENA_NEW(f->keep, double, f->n);
    for (size_t i = 0; i < f->n; i++)
        coarse[i] = fmin(fmax(rint(f->p[i] * 6) / 6, 1 / 12.0), 11 / 12.0);
    struct predictions s = predictions_of(f, coarse, NULL, WEIGHT_NONE);
    struct prediction_groups groups = prediction_quantile_groups(&s, 10, f->keep);
    struct hosmer_lemeshow t = hosmer_lemeshow(&s, &groups, true);
    assert_true(t.n_groups < 10);
    compare_hosmer(f, "hl10/coarse", &t);
}

static void compare_lift(const struct fixture *f, const char *name, const struct predictions *s,
                         size_t g)
{
    struct lift lift = lift_table(s, g, f->keep);
    assert_int_equal(lift.status, FIT_OK);
    for (size_t j = 0; j < lift.n; j++) {
        const struct lift_part *p = &lift.part[j];
        const struct named figures[] = {{"n", p->n},
                                        {"events", p->events},
                                        {"rate", p->rate},
                                        {"lift", p->lift},
                                        {"share", p->share},
                                        {"gain", p->gain},
                                        {"cumulative_lift", p->cumulative_lift},
                                        {"predicted", p->predicted},
                                        {"low", p->low},
                                        {"high", p->high}};
        COMPARE(f, arena_printf(f->keep, "%s/%zu", name, j + 1), figures, 12);
    }
    const struct named gini[] = {{"gini", lift.gini}};
    COMPARE(f, arena_printf(f->keep, "%s/gini", name), gini, 12);
}

static void lift_of_shared_ties(void **state)
{
    const struct fixture *f = *state;
    struct named_predictions all[N_NAMED];
    named_predictions(f, all);
    compare_lift(f, "lift10/p", &all[0].s, 10);
    compare_lift(f, "lift7/q", &all[1].s, 7);
    compare_lift(f, "lift10/frequencies", &all[2].s, 10);
}

/* ---- pseudo R squared, of fits of our own on logit p ---- */

static struct glm *fit_on_logit(const struct fixture *f, const struct family *family,
                                const double *y)
{
    struct glm *glm = ARENA_NEW(f->keep, struct glm, 1);
    struct design *d = ARENA_NEW(f->keep, struct design, 1);
    double *logit = ARENA_NEW(f->keep, double, f->n);
    for (size_t i = 0; i < f->n; i++)
        logit[i] = log(f->p[i] / (1 - f->p[i]));
    *d = design_of_columns(f->n, 2, (const double *[]){NULL, logit}, y, f->keep);
    struct glm_options options = {.family = family, .threads = 1};
    glm_fit(d, &options, glm, f->keep);
    return glm;
}

static void compare_pseudo(const struct fixture *f, const char *name, const struct family *family,
                           const double *y, bool binary)
{
    const struct glm *glm = fit_on_logit(f, family, y);
    struct scored_fit fit = {.log_lik = glm->fit.log_lik,
                             .null_log_lik = glm->null_log_lik,
                             .n_obs = glm->fit.n_obs,
                             .n_parameters = glm_n_parameters(glm),
                             .n = f->n,
                             .y = y,
                             .mean = glm->mu,
                             .binary = binary};
    struct named figures[16] = {{"log_lik", fit.log_lik},
                                {"null_log_lik", fit.null_log_lik},
                                {"n_parameters", fit.n_parameters}};
    for (size_t j = 0; j < n_pseudo_r_squareds; j++)
        figures[3 + j] =
            (struct named){pseudo_r_squareds[j]->name, pseudo_r_squareds[j]->value(&fit)};
    compare(f, name, figures, 3 + n_pseudo_r_squareds, 11);
    if (!binary)
        assert_true(isnan(pseudo_r_squared_tjur.value(&fit)));
}

static void pseudo_r_squared_of_glm(void **state)
{
    const struct fixture *f = *state;
    double *count = ARENA_NEW(f->keep, double, f->n), *real = ARENA_NEW(f->keep, double, f->n);
    for (size_t i = 0; i < f->n; i++) {
        count[i] = floor(f->q[i] * 7);
        real[i] = log(f->q[i] / (1 - f->q[i]));
    }
    compare_pseudo(f, "pseudo/binomial", &family_binomial, f->y, true);
    compare_pseudo(f, "pseudo/poisson", &family_poisson, count, false);
    compare_pseudo(f, "pseudo/gaussian", &family_gaussian, real, false);
}

/* ---- the logit model of Spector and Mazzeo ---- */

static void spector_is_that_of_the_oracle(void **state)
{
    struct arena *keep = ((struct fixture *)*state)->keep;
    const char *path = oracle_path("glm/data/spector.csv", keep);
    const char *expected = oracle_path("glm/expected.tsv", keep);
    if (!path || !expected)
        skip();
    struct reference *data = reference_read(path, ',', keep);
    struct reference *want = reference_read(expected, '\t', keep);
    assert_true(data && want);
    struct design d = design_of(data, "GRADE", "GPA TUCE PSI", keep);
    struct glm_options options = {.family = &family_binomial, .threads = 1};
    struct glm glm;
    glm_fit(&d, &options, &glm, keep);
    struct predictions s = {.n = d.n, .p = glm.mu, .y = d.y, .w = NULL, .weight_kind = WEIGHT_NONE};
    const struct named got[] = {{"AUC", auc_delong(&s, 0.95, keep).estimate},
                                {"brier", brier_score(&s, 0.95).estimate},
                                {"logloss", log_score(&s, 0.95).estimate}};
    size_t compared = 0;
    for (size_t i = 0; i < want->n_rows; i++)
        for (size_t k = 0; k < 3; k++)
            if (strcmp(want->cell[i][0], "discrimination:spector") == 0 &&
                strcmp(want->cell[i][3], got[k].name) == 0) {
                check_digits(got[k].name, got[k].value, strtod(want->cell[i][4], NULL), 11,
                             __FILE__, __LINE__);
                compared++;
            }
    assert_int_equal(compared, 3);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(area_is_that_of_proc),
        cmocka_unit_test(areas_differ_as_in_proc),
        cmocka_unit_test(clusters_are_drawn_together),
        cmocka_unit_test(thresholds_give_the_points_of_proc),
        cmocka_unit_test(losses_and_their_parts),
        cmocka_unit_test(calibration_is_that_of_glm),
        cmocka_unit_test(groups_are_those_of_hoslem),
        cmocka_unit_test(ties_leave_fewer_groups),
        cmocka_unit_test(lift_of_shared_ties),
        cmocka_unit_test(pseudo_r_squared_of_glm),
        cmocka_unit_test(spector_is_that_of_the_oracle),
    };
    return cmocka_run_group_tests_name("scoring", tests, set_up, tear_down);
}
