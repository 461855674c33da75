/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/glm/term_tests.h"

#include <math.h>

#include "models/base/workers.h"
#include "models/diagnostic/term_tests.h"

struct tests_task {
    const struct regressions *r;
    struct term_tests *tests; /* [n cells] */
};

static void test_cell(size_t index, void *context)
{
    const struct tests_task *task = context;
    const struct regressions *r = task->r;
    size_t i = r->n - 1 - index; /* the margins, which are large, first */
    struct regression_cell *cell = &r->cell[i];
    struct outcome_options how = r->options.fit;
    if (!cell->made || !cell->fit.outcome)
        return;
    how.clusters = cell->clusters.n_ways ? &cell->clusters : NULL;
    how.threads = r->n > 1 ? 1 : r->prepared->threads;
    term_tests(&cell->fit, r->formula, &how, &task->tests[i], cell->arena);
}

static void test_row(struct results *t, const struct regressions *r,
                     const struct regression_cell *cell, const struct term_test *test)
{
    const struct tested *tested = &test->tested;
    regressions_identify(t, r, cell);
    results_text(t, "component", test->component);
    results_text(t, "term", test->term);
    results_text(t, "test", tested->test);
    results_real(t, "statistic", tested->statistic);
    results_real(t, "df1", tested->df);
    results_real(t, "df2", tested->df2);
    results_real(t, "p_value", tested->p_value);
    results_status(t, tested->status == FIT_OK ? regressions_status(cell) : tested->status);
}

static const char *const note =
    "Each term dropped that is not part of another, as R's drop1. LR: twice the difference of the "
    "log-likelihoods, chi-squared; F: where a dispersion is estimated; Wald: of the coefficients "
    "and their covariance, where that is robust, clustered or of sampling weights.";

void regressions_term_tests(const struct regressions *r, const struct job *job,
                            struct report_builder *report, struct arena *keep)
{
    if (!job_shows(job, "tests"))
        return;
    struct tests_task task = {r, ARENA_NEW(keep, struct term_tests, r->n)};
    struct results *t = results_new(
        "tests", &r->prepared->groups,
        REGRESSION_COLUMNS "component term test statistic df1 df2 p_value status", keep);
    job->progress(job->progress_context, -1, "testing terms");
    workers_run(r->n, r->prepared->threads, test_cell, &task);
    for (size_t i = 0; i < r->n; i++)
        for (size_t k = 0; k < task.tests[i].n; k++)
            test_row(t, r, &r->cell[i], &task.tests[i].test[k]);
    report_add_table(report,
                     &(struct table){.id = "tests",
                                     .sheet = "Tests of terms",
                                     .title = "Which terms add to the others?",
                                     .note = arena_printf(keep, "%s. %s", r->options.text, note),
                                     .frame = results_finish(t),
                                     .aside = true});
}
