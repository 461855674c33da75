/* SPDX-License-Identifier: GPL-3.0-or-later
   What is said beside what was done before, on the same rows: the table `baseline`. */
#include <math.h>
#include <string.h>

#include "analysis/glm/choices.h"
#include "analysis/study/phrases.h"
#include "models/diagnostic/nested.h"
#include "models/regression/criteria.h"
#include "models/scoring/auc.h"
#include "models/scoring/pseudo_r_squared.h"

enum { BASELINE, SAY, BOTH, N_MODELS };

static const char *const model_name[N_MODELS] = {"baseline", "say", "both"};

/* The formula with the baseline added, and the terms of each model. */
struct setting {
    struct regressions with; /* as the regressions, with the columns of both */
    struct subset_terms terms;
    uint64_t of[N_MODELS];
};

/* ---- what is compared ---- */

/* The response's own baseline column; NULL if there is none. */
static const char *own_baseline(const struct regressions *r, struct arena *keep)
{
    const char *name = arena_printf(keep, "baseline_%s", regressions_response(r));
    return frame_column(r->prepared->frame, name) ? phrase_r_name(name, keep) : NULL;
}

/* "baseline_spend + log(tenure)"; NULL: nothing is compared. */
static const char *baseline_text(const struct regressions *r, const struct choices_words *words,
                                 struct arena *keep)
{
    const char *text = NULL;
    for (size_t i = 0; i < words->baseline.n; i++)
        text = text ? arena_printf(keep, "%s + %s", text, words->baseline.at[i])
                    : words->baseline.at[i];
    if (text || model_formula_second(r->formula))
        return text;
    return own_baseline(r, keep);
}

static uint64_t bits_of(const struct subset_terms *terms, const struct model_formula *some)
{
    size_t n;
    const char *const *label = model_formula_terms(some, &n);
    uint64_t bits = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < terms->n; j++)
            if (strcmp(label[i], terms->label[j]) == 0)
                bits |= (uint64_t)1 << j;
    return bits;
}

/* Does the past have a term that the formula lacks? */
static bool adds_to(const struct model_formula *formula, const struct model_formula *past)
{
    size_t n, n_past, j;
    const char *const *own = model_formula_terms(formula, &n);
    const char *const *label = model_formula_terms(past, &n_past);
    for (size_t i = 0; i < n_past; i++) {
        for (j = 0; j < n && strcmp(label[i], own[j]) != 0; j++)
            ;
        if (j == n)
            return true;
    }
    return false;
}

/* Controls, which --force names, are in all three models; interactions with the baseline only where
   the baseline is. */
static void set_models(struct setting *s, uint64_t past)
{
    uint64_t controls = s->terms.forced, say = 0;
    for (size_t j = 0; j < s->terms.n; j++) {
        uint64_t bit = (uint64_t)1 << j;
        controls |= s->terms.forced & bit ? s->terms.margins[j] : 0;
        if (!(past & bit) && !(s->terms.margins[j] & past))
            say |= bit;
    }
    s->of[BASELINE] = past | controls;
    s->of[SAY] = say | controls;
    s->of[BOTH] = s->terms.n == 64 ? UINT64_MAX : ((uint64_t)1 << s->terms.n) - 1;
}

static bool settle(const struct regressions *r, const struct choices_words *words, const char *past,
                   struct setting *s, struct arena *keep, struct err *err)
{
    const char *all = arena_printf(keep, "%s + %s", r->options.text, past);
    const char *alone = arena_printf(keep, "~ %s", past);
    const struct model_formula *of_past;
    s->with = *r;
    if (model_formula_second(r->formula))
        return err_set(err, ERR_USAGE,
                       "--baseline: is for formulas of one equation; leave out what stands behind "
                       "'|'");
    if (!regressions_data(r->prepared, all, &s->with.data, keep, err) ||
        !(of_past = regressions_formula("baseline", alone, &s->with.data, keep, err)) ||
        !(s->with.formula = regressions_formula("baseline", all, &s->with.data, keep, err)) ||
        !regressions_centre(&s->with, keep, err) ||
        !choices_terms(&s->with, words, &s->terms, keep, err))
        return false;
    s->with.options.text = adds_to(r->formula, of_past) ? all : r->options.text;
    set_models(s, bits_of(&s->terms, of_past));
    return true;
}

/* ---- three models on the same rows ---- */

struct compared {
    struct regression_cell cell; /* of both, which settles the rows */
    struct outcome_options how;
    struct design design[N_MODELS];
    struct outcome_fit fit[N_MODELS];
    bool has[N_MODELS]; /* does the likelihood, or the sum of squares, exist? */
    struct tested tested;
};

static struct design design_with(const struct design *d, uint64_t terms, struct arena *keep)
{
    struct design sub = *d;
    double *x = ARENA_NEW(keep, double, d->n * d->p);
    const char **name = ARENA_NEW(keep, const char *, d->p);
    size_t *term = ARENA_NEW(keep, size_t, d->p), p = 0;
    size_t *from = ARENA_NEW(keep, size_t, d->p);
    for (size_t j = 0; j < d->p; j++)
        if (d->term[j] == SIZE_MAX || terms >> d->term[j] & 1) {
            name[p] = d->name[j];
            term[p] = d->term[j];
            from[p++] = j;
        }
    for (size_t i = 0; i < d->n; i++)
        for (size_t j = 0; j < p; j++)
            x[i * p + j] = d->x[i * d->p + from[j]];
    sub.p = p;
    sub.x = x;
    sub.name = name;
    sub.term = term;
    return sub;
}

static bool has_estimates(const struct outcome_fit *fit)
{
    enum fit_status s = fit->fit.status;
    return s == FIT_CONVERGED || s == FIT_BOUNDARY;
}

static bool compute(const struct setting *s, const struct regression_cell *cell, struct compared *c,
                    struct arena *keep)
{
    const struct regressions *r = &s->with;
    *c = (struct compared){.how = r->options.fit};
    if (!choices_made(cell) || !regression_refit(r, cell, r->formula, &c->cell, keep))
        return false;
    c->how.clusters = c->cell.clusters.n_ways ? &c->cell.clusters : NULL;
    c->how.threads = r->prepared->threads;
    for (size_t m = 0; m < N_MODELS; m++) {
        struct outcome_data data = c->cell.data;
        c->design[m] = design_with(&c->cell.design, s->of[m], keep);
        data.design = &c->design[m];
        outcome_fit(r->options.outcome, &data, &c->how, &c->fit[m], keep);
        c->has[m] = has_estimates(&c->fit[m]);
    }
    c->tested = (struct tested){NULL, FIT_UNIDENTIFIED, NAN, NAN, NAN, NAN};
    if (c->has[BASELINE] && c->has[BOTH])
        nested_test(&c->fit[BASELINE], &c->fit[BOTH], &c->how, &c->tested);
    return true;
}

/* ---- figures ---- */

/* R^2 of least squares, 1 of a perfect fit; McFadden's of events, counts and ordered answers; else
   NaN: of densities it would depend on the unit. */
static double explained(const struct outcome_fit *fit)
{
    struct scored_fit scored = {.log_lik = fit->fit.log_lik,
                                .null_log_lik = fit->null_log_lik,
                                .n_obs = fit->fit.n_obs,
                                .n_parameters = fit->n_parameters};
    if (fit->outcome == &outcome_gaussian)
        return fit->fit.r_squared;
    if (!has_estimates(fit) ||
        !(fit->outcome->binary || fit->outcome->ordered || fit->outcome->counts))
        return NAN;
    return pseudo_r_squared_mcfadden.value(&scored);
}

static struct predictions predictions_of(const struct compared *c, size_t m)
{
    const struct outcome_data *data = &c->cell.data;
    return (struct predictions){.n = c->cell.design.n,
                                .p = c->fit[m].mean,
                                .y = c->cell.design.y,
                                .w = data->w,
                                .weight_kind = data->weight_kind};
}

/* The area under the ROC curve, and how far above that of the baseline it is. */
static void put_auc(struct results *t, const struct compared *c, size_t m, double conf_level)
{
    struct arena *scratch = arena_new();
    struct predictions s = predictions_of(c, m);
    if (c->has[m] && predictions_status(&s, false) == FIT_OK) {
        struct auc auc = auc_delong(&s, conf_level, scratch);
        results_real(t, "auc", auc.estimate);
        results_real(t, "auc_low", auc.logit_low);
        results_real(t, "auc_high", auc.logit_high);
        if (m != BASELINE && c->has[BASELINE]) {
            struct auc_difference d = auc_paired(&s, c->fit[BASELINE].mean, conf_level, scratch);
            results_real(t, "auc_increase", d.estimate);
            results_real(t, "auc_increase_low", d.conf_low);
            results_real(t, "auc_increase_high", d.conf_high);
            results_real(t, "auc_p_value", d.p_value);
        }
    }
    arena_free(scratch);
}

static void put_increase(struct results *t, const struct compared *c, size_t m)
{
    double base = explained(&c->fit[BASELINE]), own = explained(&c->fit[m]);
    bool linear = c->fit[m].outcome == &outcome_gaussian;
    results_real(t, linear ? "r_squared" : "mcfadden", own);
    if (m == BASELINE)
        return;
    results_real(t, "increase", own - base);
    if (m == BOTH && linear)
        results_real(t, "partial_r_squared", (own - base) / (1 - base));
}

static void put_test(struct results *t, const struct tested *tested)
{
    if (tested->test)
        results_text(t, "test", tested->test);
    results_real(t, "statistic", tested->statistic);
    results_real(t, "df", tested->df);
    results_real(t, "df2", tested->df2);
    results_real(t, "p_value", tested->p_value);
}

static void model_row(struct results *t, const struct setting *s, const struct compared *c,
                      size_t m, struct arena *keep)
{
    const struct outcome_fit *fit = &c->fit[m];
    struct criteria criteria = criteria_of(fit->fit.log_lik, fit->n_parameters, fit->fit.n_obs);
    regressions_identify(t, &s->with, &c->cell);
    results_text(t, "model", model_name[m]);
    results_text(t, "terms", subset_text(&s->terms, s->of[m], keep));
    results_real(t, "n_obs", fit->fit.n_obs);
    if (c->has[m]) {
        results_real(t, "log_lik", fit->fit.log_lik);
        results_real(t, "aic", criteria.aic);
        results_real(t, "bic", criteria.bic);
    }
    put_increase(t, c, m);
    if (fit->outcome->binary)
        put_auc(t, c, m, s->with.prepared->conf_level);
    if (m == BOTH)
        put_test(t, &c->tested);
    results_status(t, c->cell.small && has_estimates(fit) ? FIT_BELOW_MIN_N : fit->fit.status);
}

/* ---- words ---- */

static void add_lines(const struct setting *s, const struct compared *c,
                      struct report_builder *report, struct arena *keep)
{
    const struct regressions *r = &s->with;
    const char *measure =
        r->options.outcome == &outcome_gaussian ? "R\u00b2" : "McFadden's R\u00b2";
    double base = explained(&c->fit[BASELINE]), both = explained(&c->fit[BOTH]);
    double p = c->tested.p_value;
    const char *test =
        isnan(p) ? "" : arena_printf(keep, " (%s, %s)", c->tested.test, phrase_p(p, keep));
    if (!c->has[BASELINE] || !c->has[BOTH])
        return;
    if (!isnan(base) && !isnan(both))
        report_add_line(report,
                        "%s of %s: %s by past behaviour alone (%s), %s together with what "
                        "customers say%s.",
                        measure, regressions_response(r), phrase_share(base, keep),
                        subset_text(&s->terms, s->of[BASELINE], keep), phrase_share(both, keep),
                        test);
    else if (*test)
        report_add_line(report, "%s: what customers say %s past behaviour (%s; %s, %s).",
                        regressions_response(r),
                        p < 1 - r->prepared->conf_level ? "adds to" : "is not seen to add to",
                        subset_text(&s->terms, s->of[BASELINE], keep), c->tested.test,
                        phrase_p(p, keep));
}

static const char *note_of(const struct setting *s, struct arena *keep)
{
    bool binary = s->with.options.outcome->binary;
    const struct regression_cell *whole = choices_whole(&s->with);
    return arena_printf(
        keep,
        "%s. Three models on the same rows: past behaviour alone (baseline)%s, the formula without "
        "it (say), and both. test: what both explain beyond the baseline%s. increase: of R\u00b2, "
        "or McFadden's, over the baseline.%s",
        s->with.options.text,
        s->terms.forced
            ? arena_printf(keep, " and %s", subset_text(&s->terms, s->terms.forced, keep))
            : "",
        !choices_made(whole) || tested_by_likelihood(&whole->fit)
            ? ""
            : ", by Wald with the errors asked for",
        binary ? " auc: with DeLong's interval on the logit scale, on the fitted rows, which "
                 "flatters it. auc_p_value: DeLong's paired test against the baseline, too "
                 "cautious for nested models: the likelihood ratio decides."
               : "");
}

static const struct frame *baseline_frame(const struct setting *s, struct report_builder *report,
                                          struct arena *keep)
{
    const struct regressions *r = &s->with;
    struct results *t = results_new(
        "baseline", &r->prepared->groups,
        REGRESSION_COLUMNS "model terms n_obs log_lik aic bic r_squared mcfadden increase "
                           "partial_r_squared auc auc_low auc_high auc_increase auc_increase_low "
                           "auc_increase_high auc_p_value test statistic df df2 p_value status",
        keep);
    for (size_t i = 0; i < r->n; i++) {
        struct arena *scratch = arena_new();
        struct compared c;
        if (compute(s, &r->cell[i], &c, scratch)) {
            for (size_t m = 0; m < N_MODELS; m++)
                model_row(t, s, &c, m, keep);
            if (i == r->n - 1)
                add_lines(s, &c, report, keep);
        } else {
            regressions_identify(t, r, &r->cell[i]);
            results_status(t, choices_made(&r->cell[i]) ? c.cell.fit.fit.status
                                                        : r->cell[i].fit.fit.status);
        }
        arena_free(scratch);
    }
    return results_finish(t);
}

bool regressions_baseline_table(const struct regressions *r, const struct choices_words *words,
                                const struct job *job, struct report_builder *report,
                                struct arena *keep, struct err *err)
{
    const char *past = baseline_text(r, words, keep);
    struct setting s;
    if (!past)
        return true;
    if (!settle(r, words, past, &s, keep, err))
        return false;
    if (!job_shows(job, "baseline"))
        return true;
    report_add_table(report, &(struct table){.id = "baseline",
                                             .sheet = "Baseline",
                                             .title = "Do stated intentions add to past behaviour?",
                                             .note = note_of(&s, keep),
                                             .frame = baseline_frame(&s, report, keep)});
    return true;
}
