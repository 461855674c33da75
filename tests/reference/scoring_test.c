/* SPDX-License-Identifier: GPL-3.0-or-later
   Scores of predicted probabilities against scripts/reference/scoring.R: pROC and glm, and the
   definitions written out. */
#include <math.h>
#include <string.h>

#include <gsl/gsl_errno.h>

#include "models/scoring/auc.h"
#include "tests/check.h"

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
    return (struct predictions){f->n, p, f->y, w, kind};
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

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(area_is_that_of_proc),
        cmocka_unit_test(areas_differ_as_in_proc),
    };
    return cmocka_run_group_tests_name("scoring", tests, set_up, tear_down);
}
