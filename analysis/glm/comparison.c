/* SPDX-License-Identifier: GPL-3.0-or-later
   A formula beside another: the table comparison of term_tests.h. */
#include <math.h>
#include <string.h>

#include "analysis/glm/term_tests.h"
#include "analysis/study/phrases.h"
#include "models/diagnostic/nested.h"
#include "models/diagnostic/non_nested.h"
#include "models/regression/criteria.h"

/* The two fits of a cell, on the rows of both. */
struct pair {
    struct regression_cell mine, other;
    bool fitted;          /* are there two? */
    const char *relation; /* of the formula to the other */
    struct tested tested;
};

static struct outcome_options options_of(const struct regressions *r,
                                         const struct regression_cell *cell)
{
    struct outcome_options how = r->options.fit;
    how.clusters = cell->clusters.n_ways ? &cell->clusters : NULL;
    how.threads = r->prepared->threads;
    return how;
}

/* Rows that one of the formulas cannot use are left out of both fits. */
static bool fit_both(const struct regressions *r, const struct regression_cell *cell,
                     const struct model_formula *against, struct pair *pair, struct arena *scratch)
{
    if (!regression_refit(r, cell, against, &pair->other, scratch))
        return false;
    if (pair->other.design.n == cell->design.n) {
        pair->mine = *cell;
        return true;
    }
    return regression_refit(r, &pair->other, r->formula, &pair->mine, scratch);
}

static void compare(const struct regressions *r, struct pair *pair, struct arena *scratch)
{
    const struct outcome_fit *mine = &pair->mine.fit, *other = &pair->other.fit;
    const struct outcome_options how = options_of(r, &pair->mine);
    bool contains = nested_within(other, mine), within = nested_within(mine, other);
    pair->relation = contains && within ? "equal"
                     : contains         ? "contains"
                     : within           ? "within"
                                        : "not nested";
    if (contains)
        nested_test(other, mine, &how, &pair->tested);
    else if (within)
        nested_test(mine, other, &how, &pair->tested);
    else
        vuong_test(mine, other, &pair->tested, scratch);
}

static struct criteria criteria(const struct outcome_fit *fit)
{
    return criteria_of(fit->fit.log_lik, fit->n_parameters, fit->fit.n_obs);
}

static enum fit_status status_of(const struct pair *pair)
{
    if (!pair->fitted)
        return pair->other.made ? pair->mine.fit.fit.status : pair->other.problem.status;
    bool equal = strcmp(pair->relation, "equal") == 0;
    return pair->tested.status != FIT_OK && !equal ? pair->tested.status
                                                   : regressions_status(&pair->mine);
}

/* R-squared about the mean and about zero cannot be compared. */
static double r_squared_gain(const struct pair *pair)
{
    if (pair->mine.design.intercept != pair->other.design.intercept)
        return NAN;
    return pair->mine.fit.fit.r_squared - pair->other.fit.fit.r_squared;
}

static void put_pair(struct results *t, const struct regressions *r,
                     const struct regression_cell *cell, const char *text, const struct pair *pair)
{
    const struct outcome_fit *mine = &pair->mine.fit, *other = &pair->other.fit;
    regressions_identify(t, r, cell);
    results_text(t, "against", text);
    if (pair->fitted) {
        bool equal = strcmp(pair->relation, "equal") == 0; /* but for rounding */
        struct criteria a = criteria(mine), b = equal ? a : criteria(other);
        if (equal)
            other = mine;
        results_text(t, "relation", pair->relation);
        results_real(t, "n_obs", mine->fit.n_obs);
        results_text(t, "test", pair->tested.test);
        results_real(t, "statistic", pair->tested.statistic);
        results_real(t, "df1", pair->tested.df);
        results_real(t, "df2", pair->tested.df2);
        results_real(t, "p_value", pair->tested.p_value);
        results_real(t, "delta_log_lik", mine->fit.log_lik - other->fit.log_lik);
        results_real(t, "delta_aic", a.aic - b.aic);
        results_real(t, "delta_bic", a.bic - b.bic);
        results_real(t, "delta_r_squared", equal ? 0 : r_squared_gain(pair));
    }
    results_status(t, status_of(pair));
}

static void tell(const struct regressions *r, const struct regression_cell *cell, const char *text,
                 const struct pair *pair, struct report_builder *report, struct arena *scratch)
{
    const char *title = group_title(cell->group, r->prepared->groups.n_by, scratch);
    const char *p = phrase_p(pair->tested.p_value, scratch);
    if (!pair->fitted || isnan(pair->tested.p_value))
        return;
    const char *nearer = pair->tested.p_value >= 1 - r->prepared->conf_level ? NULL
                         : pair->tested.statistic > 0                        ? r->options.text
                                                                             : text;
    if (strcmp(pair->relation, "not nested") == 0)
        report_add_line(report, "%s: neither of %s and %s contains the other; %s%s (Vuong %s).",
                        title, r->options.text, text, nearer ? "nearer to the data is " : "",
                        nearer ? nearer : "no difference is seen", p);
    else
        report_add_line(
            report, "%s: %s %s to %s (%s, %s).", title,
            strcmp(pair->relation, "contains") == 0 ? r->options.text : text,
            pair->tested.p_value < 1 - r->prepared->conf_level ? "adds" : "is not seen to add",
            strcmp(pair->relation, "contains") == 0 ? text : r->options.text, pair->tested.test, p);
}

static const char *const note =
    "relation: the formula contains the other, is within it, is equal to it (the same means), or "
    "neither. test: LR, F or Wald of the larger against the smaller; Vuong (z above 0: the formula "
    "is nearer to the truth) where neither contains the other. delta_: the formula's figure less "
    "the other's.";

static const struct frame *comparison_frame(const struct regressions *r, const char *text,
                                            const struct model_formula *against,
                                            struct report_builder *report, struct arena *keep)
{
    struct results *t =
        results_new("comparison", &r->prepared->groups,
                    REGRESSION_COLUMNS "against relation n_obs test statistic df1 df2 p_value "
                                       "delta_log_lik delta_aic delta_bic delta_r_squared status",
                    keep);
    for (size_t i = 0; i < r->n; i++) {
        const struct regression_cell *cell = &r->cell[i];
        struct arena *scratch = arena_new();
        struct pair *pair = ARENA_NEW(scratch, struct pair, 1);
        if (cell->made && cell->fit.outcome) {
            pair->fitted = fit_both(r, cell, against, pair, scratch);
            if (pair->fitted)
                compare(r, pair, scratch);
            put_pair(t, r, cell, text, pair);
            tell(r, cell, text, pair, report, scratch);
        }
        arena_free(scratch);
    }
    return results_finish(t);
}

bool regressions_comparison(const struct regressions *r, const char *text, const struct job *job,
                            struct report_builder *report, struct arena *keep, struct err *err)
{
    const struct model_formula *against = regressions_formula("against", text, &r->data, keep, err);
    if (!against)
        return false;
    const char *response = model_formula_response(against);
    if (!response || strcmp(response, regressions_response(r)) != 0)
        return err_at(
            err, ERR_USAGE,
            &(struct problem){
                .column = "--against",
                .value = text,
                .what = arena_printf(keep, "is not of the response %s", regressions_response(r)),
                .mend = arena_printf(keep, "write it as %s ~ ...", regressions_response(r))});
    if (model_formula_second(against) && r->options.outcome->second == SECOND_NONE)
        return err_at(err, ERR_USAGE,
                      &(struct problem){.column = "--against",
                                        .value = text,
                                        .what = arena_printf(keep,
                                                             "has a part behind '|', and the "
                                                             "family %s one equation only",
                                                             r->options.outcome->name),
                                        .mend = "leave it out"});
    if (!job_shows(job, "comparison"))
        return true;
    report_add_table(report,
                     &(struct table){.id = "comparison",
                                     .sheet = "Comparison",
                                     .title = "Which of two formulas?",
                                     .note = arena_printf(keep, "%s against %s. %s",
                                                          r->options.text, text, note),
                                     .frame = comparison_frame(r, text, against, report, keep)});
    return true;
}
