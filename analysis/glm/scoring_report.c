/* SPDX-License-Identifier: GPL-3.0-or-later
   The tables and sentences of scoring.h. */
#include <math.h>
#include <string.h>

#include "analysis/glm/scoring.h"
#include "analysis/study/phrases.h"
#include "models/scoring/auc.h"
#include "models/scoring/calibration.h"
#include "models/scoring/lift.h"
#include "models/scoring/roc.h"

/* ---- rows ---- */

/* How a row of a sample begins. */
static void begin(struct results *t, const struct regressions *r,
                  const struct regression_cell *cell, const struct scored *scored)
{
    regressions_identify(t, r, cell);
    results_text(t, "sample", scored->sample);
}

static void end(struct results *t, const struct regression_cell *cell, enum fit_status status)
{
    results_status(t, status != FIT_OK ? status : cell->small ? FIT_BELOW_MIN_N : FIT_OK);
}

static void calibration_rows(struct results *t, const struct regressions *r,
                             const struct regression_cell *cell, const struct scored *scored)
{
    for (size_t j = 0; j < scored->groups.n; j++) {
        const struct prediction_group *g = &scored->groups.group[j];
        struct proportion rate = calibration_rate(g, r->prepared->conf_level);
        begin(t, r, cell, scored);
        results_whole(t, "bin", (int64_t)j + 1);
        results_real(t, "n", g->n);
        results_real(t, "events", g->events);
        results_real(t, "predicted", g->predicted);
        results_real(t, "observed", rate.estimate);
        results_real(t, "conf_low", rate.conf_low);
        results_real(t, "conf_high", rate.conf_high);
        results_real(t, "predicted_low", g->low);
        results_real(t, "predicted_high", g->high);
        end(t, cell, rate.status);
    }
}

/* No more points than a reader of the table, or of its curve, can use. */
enum { MOST_POINTS = 500 };

static bool point_is_shown(const struct roc *roc, size_t j)
{
    size_t step = (roc->n + MOST_POINTS - 1) / MOST_POINTS;
    return j % step == 0 || j == roc->best || j + 1 == roc->n;
}

static void roc_rows(struct results *t, const struct regressions *r,
                     const struct regression_cell *cell, const struct scored *scored)
{
    struct arena *scratch = arena_new();
    struct roc roc = roc_points(&scored->s, scratch);
    for (size_t j = 0; j < roc.n; j++) {
        const struct roc_point *p = &roc.point[j];
        if (!point_is_shown(&roc, j))
            continue;
        begin(t, r, cell, scored);
        results_real(t, "threshold", isinf(p->threshold) ? NAN : p->threshold);
        results_real(t, "sensitivity", p->sensitivity);
        results_real(t, "specificity", p->specificity);
        results_real(t, "youden", p->youden);
        results_real(t, "precision", p->precision);
        results_real(t, "flagged", p->flagged);
        end(t, cell, roc.status);
    }
    if (roc.n == 0) {
        begin(t, r, cell, scored);
        end(t, cell, roc.status);
    }
    arena_free(scratch);
}

static void lift_rows(struct results *t, const struct regressions *r,
                      const struct regression_cell *cell, const struct scored *scored)
{
    struct arena *scratch = arena_new();
    struct lift lift = lift_table(&scored->s, r->scoring->options.groups, scratch);
    for (size_t j = 0; j < lift.n; j++) {
        const struct lift_part *p = &lift.part[j];
        begin(t, r, cell, scored);
        results_whole(t, "bin", (int64_t)j + 1);
        results_real(t, "n", p->n);
        results_real(t, "events", p->events);
        results_real(t, "predicted", p->predicted);
        results_real(t, "observed", p->rate);
        results_real(t, "lift", p->lift);
        results_real(t, "flagged", p->share);
        results_real(t, "gain", p->gain);
        results_real(t, "cumulative_lift", p->cumulative_lift);
        results_real(t, "predicted_low", p->low);
        results_real(t, "predicted_high", p->high);
        end(t, cell, lift.status);
    }
    if (lift.n == 0) {
        begin(t, r, cell, scored);
        end(t, cell, lift.status);
    }
    arena_free(scratch);
}

/* ---- tables ---- */

struct kind_of_table {
    const char *id, *sheet, *title, *columns, *note;
    void (*rows)(struct results *t, const struct regressions *r, const struct regression_cell *cell,
                 const struct scored *scored);
};

static const struct kind_of_table kinds[] = {
    {"calibration", "Calibration", "Are predicted probabilities the rates that are seen?",
     "bin n events predicted observed conf_low conf_high predicted_low predicted_high ",
     "Groups of neighbouring predictions, cut at their quantiles (--groups); equal predictions "
     "stay together. Intervals of the observed rate are Wilson's.",
     calibration_rows},
    {"roc", "ROC", "What each threshold finds, and what it leaves out",
     "threshold sensitivity specificity youden precision flagged ",
     "An event is expected where the prediction is at or above the threshold; without a "
     "threshold: nowhere. Of many thresholds every k-th is shown, and the one of the largest "
     "Youden index.",
     roc_rows},
    {"lift", "Lift", "What is gained by contacting the likeliest first",
     "bin n events predicted observed lift flagged gain cumulative_lift predicted_low "
     "predicted_high ",
     "Parts of equal size (--groups), the highest predictions first; the events of tied "
     "predictions are shared out in proportion.",
     lift_rows}};

static const struct frame *frame_of(const struct kind_of_table *kind, const struct regressions *r,
                                    struct arena *keep)
{
    struct results *t =
        results_new(kind->id, &r->prepared->groups,
                    arena_printf(keep, REGRESSION_COLUMNS "sample %sstatus", kind->columns), keep);
    for (size_t i = 0; r->scoring && i < r->n; i++)
        for (size_t k = 0; k < r->scoring->cell[i].n; k++) {
            const struct scored *scored = &r->scoring->cell[i].of[k];
            if (scored->s.n > 0) {
                kind->rows(t, r, &r->cell[i], scored);
                continue;
            }
            begin(t, r, &r->cell[i], scored);
            results_status(t, scored->status);
        }
    return results_finish(t);
}

static const char *samples_note(const struct regressions *r, struct arena *keep)
{
    size_t folds = r->scoring ? r->scoring->options.folds : 0;
    if (!r->scoring)
        return "Only of 0/1 outcomes: --family=binomial.";
    if (folds == 0)
        return "fitted: by the fit to these rows, which flatters it (--folds).";
    const char *whole = r->options.n_ways ? arena_printf(keep, "; rows of one %s stay together",
                                                         r->options.cluster[0].name)
                                          : "";
    return arena_printf(keep,
                        "fitted: by the fit to these rows, which flatters it; cross-fitted: each "
                        "row by a fit without its fold, of %zu%s (seed %llu).",
                        folds, whole, (unsigned long long)r->prepared->seed);
}

static const char *check_r(const struct regressions *r, const struct kind_of_table *kind,
                           struct arena *keep)
{
    const char *link = regressions_link(&r->options);
    const char *fit =
        arena_printf(keep, "%s; m <- glm(%s, binomial(\"%s\"), d)",
                     phrase_r_rows(r->prepared, "tables/study.csv", keep), r->options.text, link);
    if (!r->scoring)
        return NULL;
    if (kind->rows == roc_rows)
        return arena_printf(keep, "%s; pROC::coords(pROC::roc(m$y, fitted(m)), \"all\")", fit);
    if (kind->rows == lift_rows)
        return arena_printf(keep, "%s; cumsum(m$y[order(-fitted(m))]) / sum(m$y)  # gain", fit);
    return arena_printf(keep,
                        "%s; p <- fitted(m); aggregate(cbind(p, m$y), list(cut(p, "
                        "unique(quantile(p, 0:%zu / %zu)), include.lowest = TRUE)), mean)",
                        fit, r->scoring->options.groups, r->scoring->options.groups);
}

void regressions_scoring_tables(const struct regressions *r, const struct job *job,
                                struct report_builder *report, struct arena *keep)
{
    const char *samples = samples_note(r, keep);
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        bool named = job->common->table && strcmp(job->common->table, kinds[k].id) == 0;
        if (!job_shows(job, kinds[k].id) || (!r->scoring && !named))
            continue;
        report_add_table(report,
                         &(struct table){.id = kinds[k].id,
                                         .sheet = kinds[k].sheet,
                                         .title = kinds[k].title,
                                         .note = arena_printf(keep, "%s. %s %s", r->options.text,
                                                              samples, kinds[k].note),
                                         .check_r = check_r(r, &kinds[k], keep),
                                         .frame = frame_of(&kinds[k], r, keep),
                                         .aside = true});
    }
    if (r->scoring)
        regressions_scoring_charts(r, report, keep);
}

/* ---- a sentence ---- */

static const char *interval_text(double low, double high, struct arena *keep)
{
    if (isnan(low))
        return "";
    return arena_printf(keep, " (%s to %s)", phrase_r(low, keep), phrase_r(high, keep));
}

static const char *area_text(const struct regressions *r, const struct scored *scored,
                             struct arena *keep)
{
    struct auc auc = auc_delong(&scored->s, r->prepared->conf_level, keep);
    const char *where = scored->folds
                            ? arena_printf(keep, "cross-fitted in %zu folds", scored->folds)
                            : "on the fitted rows";
    return arena_printf(keep, "AUC %s%s %s", phrase_r(auc.estimate, keep),
                        interval_text(auc.conf_low, auc.conf_high, keep), where);
}

static const char *slope_text(const struct scored *scored, struct arena *keep)
{
    struct calibration c;
    calibration_fit(&scored->s, &c, keep);
    if (scored->folds == 0 || isnan(c.slope))
        return "";
    const char *verdict = c.slope <= 0    ? ": the formula predicts nothing of new customers"
                          : c.slope < 0.9 ? ": predictions are too extreme for new customers"
                          : c.slope > 1.1 ? ": predictions are too cautious"
                                          : "";
    return arena_printf(keep, "; calibration slope %s%s", phrase_r(c.slope, keep), verdict);
}

void regressions_scoring_lines(const struct regressions *r, struct report_builder *report)
{
    const struct scored_cell *all = r->scoring ? &r->scoring->cell[r->n - 1] : NULL;
    if (!all || all->of[0].s.n == 0)
        return;
    struct arena *scratch = arena_new();
    const char *text = "";
    for (size_t k = 0; k < all->n; k++)
        if (all->of[k].s.n > 0)
            text =
                arena_printf(scratch, "%s%s%s%s", text, *text ? ", " : "",
                             area_text(r, &all->of[k], scratch), slope_text(&all->of[k], scratch));
    report_add_line(report, "Predictions: %s.", text);
    arena_free(scratch);
}
