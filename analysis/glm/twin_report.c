/* SPDX-License-Identifier: GPL-3.0-or-later
   The table twin, its sentences and its chart. */
#include <math.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

#include "analysis/glm/twin.h"
#include "analysis/study/phrases.h"

static enum fit_status status_of(const struct twin_cell *cell)
{
    return cell->status == FIT_CONVERGED && cell->small ? FIT_BELOW_MIN_N : cell->status;
}

/* Two-sided, by t with df degrees of freedom, or normal. */
static double p_of(double estimate, double std_error, double df)
{
    double z = fabs(estimate / std_error);
    if (!(std_error > 0) || !(df > 0))
        return NAN;
    return isinf(df) ? 2 * gsl_cdf_ugaussian_Q(z) : 2 * gsl_cdf_tdist_Q(z, df);
}

static double finite_df(double df)
{
    return isinf(df) ? NAN : df;
}

/* ---- the table ---- */

static void identify(struct results *t, const struct twins *w, const struct twin_cell *cell)
{
    results_row(t, cell->group);
    results_text(t, "y", regressions_response(w->said));
    results_text(t, "family", w->said->options.outcome->name);
    results_text(t, "link", regressions_link(&w->said->options));
    results_text(t, "twin", regressions_response(w->done));
    results_text(t, "twin_family", w->done->options.outcome->name);
    results_text(t, "twin_link", regressions_link(&w->done->options));
    results_text(t, "units", w->standardized ? "standardized" : "marginal");
    results_real(t, "n_obs", cell->n_obs);
}

static void term_row(struct results *t, const struct twins *w, const struct twin_cell *cell,
                     size_t j)
{
    const struct twin *f = &cell->twin;
    bool exists = isfinite(f->said[j]) && isfinite(f->done[j]);
    identify(t, w, cell);
    results_text(t, "term", f->name[j]);
    results_real(t, "say", f->said[j]);
    results_real(t, "say_std_error", f->said_std_error[j]);
    results_real(t, "say_p_value", p_of(f->said[j], f->said_std_error[j], f->df));
    results_real(t, "do", f->done[j]);
    results_real(t, "do_std_error", f->done_std_error[j]);
    results_real(t, "do_p_value", p_of(f->done[j], f->done_std_error[j], f->df));
    results_real(t, "difference", f->difference[j]);
    results_real(t, "std_error", f->std_error[j]);
    results_real(t, "statistic", f->statistic[j]);
    results_real(t, "df", finite_df(f->df));
    results_real(t, "p_value", f->p_value[j]);
    results_real(t, "conf_low", f->conf_low[j]);
    results_real(t, "conf_high", f->conf_high[j]);
    results_status(t,
                   cell->status == FIT_CONVERGED && !exists ? FIT_UNIDENTIFIED : status_of(cell));
}

static void all_row(struct results *t, const struct twins *w, const struct twin_cell *cell)
{
    const struct wald *all = &cell->twin.all;
    identify(t, w, cell);
    results_text(t, "term", GROUP_ALL);
    results_real(t, "statistic", isinf(all->df_2) ? all->chi2 : all->f);
    results_real(t, "df", all->df);
    results_real(t, "df2", finite_df(all->df_2));
    results_real(t, "p_value", all->f_p_value);
    results_status(t, cell->status == FIT_CONVERGED && all->status != FIT_OK ? all->status
                                                                             : status_of(cell));
}

static const struct frame *twin_frame(const struct twins *w, struct arena *keep)
{
    struct results *t = results_new("twin", &w->said->prepared->groups,
                                    REGRESSION_COLUMNS
                                    "twin twin_family twin_link units n_obs term say say_std_error "
                                    "say_p_value do do_std_error do_p_value difference std_error "
                                    "statistic df df2 p_value conf_low conf_high status",
                                    keep);
    for (size_t i = 0; i < w->n; i++) {
        const struct twin_cell *cell = &w->cell[i];
        for (size_t j = 0; j < cell->twin.k; j++)
            term_row(t, w, cell, j);
        if (cell->twin.k > 0) {
            all_row(t, w, cell);
        } else {
            identify(t, w, cell);
            results_status(t, status_of(cell));
        }
    }
    return results_finish(t);
}

static const char *errors_in_words(const struct twins *w, struct arena *keep)
{
    const struct regressions_options *o = &w->said->options;
    if (o->n_ways == 2)
        return arena_printf(keep, "clusters by %s and by %s", o->cluster[0].name,
                            o->cluster[1].name);
    if (o->n_ways == 1)
        return arena_printf(keep, "clusters by %s", o->cluster[0].name);
    return arena_printf(keep, "%s by rows", w->kind->name);
}

void twin_tables(const struct twins *w, struct report_builder *report, struct arena *keep)
{
    const char *units = w->standardized
                            ? "Coefficients over the standard deviation of their outcome"
                            : "Average marginal effects over the standard deviation of their "
                              "outcome; of an interaction how the first's effect changes with the "
                              "second";
    const char *note = arena_printf(
        keep,
        "Both outcomes on the same rows under %s. %s. difference is say less do; its error is of "
        "both equations together (stacked estimating equations, %s; the outcomes' standard "
        "deviations are estimates too). (all): every term alike. %s intervals.",
        w->said->options.text, units, errors_in_words(w, keep),
        phrase_level(w->said->prepared->conf_level, keep));
    report_add_table(report, &(struct table){.id = "twin",
                                             .sheet = "Say and do",
                                             .title = "Does it act alike on what they say and on "
                                                      "what they do?",
                                             .note = note,
                                             .frame = twin_frame(w, keep)});
}

/* ---- sentences ---- */

/* "0.21 SD, p = .003" */
static const char *in_words(double estimate, double p, struct arena *keep)
{
    return arena_printf(keep, "%s SD, %s", phrase_number(estimate, keep), phrase_p(p, keep));
}

/* One side has a significant coefficient and the other has not: that alone is no difference
   (Gelman & Stern 2006, Am. Statist. 60, 328-331). */
static const char *verdict_of(const struct twins *w, bool say, bool act, bool differ,
                              struct arena *keep)
{
    const char *said = regressions_response(w->said), *done = regressions_response(w->done);
    if (say && act)
        return differ ? arena_printf(keep, "acts on both %s and %s, and not alike", said, done)
                      : arena_printf(keep, "acts on both %s and %s; no difference is seen", said,
                                     done);
    if (!say && !act)
        return differ ? arena_printf(keep, "acts on %s and %s differently, on neither clearly",
                                     said, done)
                      : arena_printf(keep, "is seen neither in %s nor in %s", said, done);
    return arena_printf(keep, "acts on %s, not clearly on %s, and the two %s", act ? done : said,
                        act ? said : done,
                        differ ? "differ significantly"
                               : "do not differ significantly: no evidence that it acts on one "
                                 "alone");
}

static void term_line(const struct twins *w, const struct twin *f, size_t j,
                      struct report_builder *report, struct arena *keep)
{
    double level = 1 - w->said->prepared->conf_level;
    double say = p_of(f->said[j], f->said_std_error[j], f->df);
    double act = p_of(f->done[j], f->done_std_error[j], f->df);
    if (isnan(f->p_value[j]))
        return;
    report_add_line(report, "%s %s (%s; %s; difference %s).", f->name[j],
                    verdict_of(w, say < level, act < level, f->p_value[j] < level, keep),
                    in_words(f->said[j], say, keep), in_words(f->done[j], act, keep),
                    phrase_p(f->p_value[j], keep));
}

static void all_line(const struct twins *w, const struct twin_cell *cell,
                     struct report_builder *report, struct arena *keep)
{
    const struct wald *all = &cell->twin.all;
    double level = 1 - w->said->prepared->conf_level;
    if (cell->status != FIT_CONVERGED || all->status != FIT_OK || isnan(all->f_p_value))
        return;
    report_add_line(report, "%s and %s on the same %s rows: %s (all terms together: %s).",
                    regressions_response(w->said), regressions_response(w->done),
                    phrase_count(cell->n_obs, keep),
                    all->f_p_value < level
                        ? "the right-hand side acts on them differently"
                        : "no difference in how the right-hand side acts on them is seen",
                    phrase_p(all->f_p_value, keep));
}

static void status_line(const struct twins *w, const struct twin_cell *cell,
                        struct report_builder *report, struct arena *keep)
{
    if (cell->status != FIT_CONVERGED)
        report_add_warning(
            report, "%s: %s beside %s: %s%s",
            group_title(cell->group, w->said->prepared->groups.n_by, keep),
            regressions_response(w->said), regressions_response(w->done),
            fit_status_word(cell->status),
            cell->status == FIT_LEVERAGE
                ? ": a customer has a term alone; join rare levels, or take --robust=HC1"
                : "");
}

/* Moderators first; of many terms the table tells the rest. */
void twin_lines(const struct twins *w, struct report_builder *report)
{
    enum { MOST_LINES = 8 };
    struct arena *scratch = arena_new();
    const struct twin_cell *whole = &w->cell[w->n - 1];
    size_t lines = 0;
    all_line(w, whole, report, scratch);
    for (int products = 1; products >= 0; products--)
        for (size_t j = 0; j < whole->twin.k && lines < MOST_LINES; j++) {
            if ((strchr(whole->twin.name[j], ':') != NULL) != products)
                continue;
            term_line(w, &whole->twin, j, report, scratch);
            lines++;
        }
    for (size_t i = 0; i < w->n; i++)
        status_line(w, &w->cell[i], report, scratch);
    arena_free(scratch);
}

/* ---- chart ---- */

/* More terms than a page can show are in the table only. */
enum { MOST_TERMS = 24 };

static struct series side_series(const struct twin *f, const double *estimate,
                                 const double *std_error, double conf_level, size_t colour,
                                 struct arena *keep)
{
    double *x = ARENA_NEW(keep, double, 5 * f->k), *y = x + f->k, *low = y + f->k;
    double *high = low + f->k, *size = high + f->k;
    double q = isinf(f->df) ? gsl_cdf_ugaussian_Pinv(0.5 + conf_level / 2)
                            : gsl_cdf_tdist_Pinv(0.5 + conf_level / 2, f->df);
    for (size_t j = 0; j < f->k; j++) {
        x[j] = estimate[j];
        y[j] = (double)j;
        low[j] = estimate[j] - q * std_error[j];
        high[j] = estimate[j] + q * std_error[j];
        size[j] = 0.7;
    }
    return (struct series){.mark = MARK_INTERVALS,
                           .n = f->k,
                           .x = x,
                           .y = y,
                           .low = low,
                           .high = high,
                           .size = size,
                           .colour = colour};
}

static const char *finding_of(const struct twins *w, const struct twin_cell *cell,
                              struct arena *keep)
{
    const struct twin *f = &cell->twin;
    size_t differ = 0;
    for (size_t j = 0; j < f->k; j++)
        differ += f->p_value[j] < 1 - w->said->prepared->conf_level;
    return arena_printf(keep, "%zu of %zu terms differ significantly between %s and %s.", differ,
                        f->k, regressions_response(w->said), regressions_response(w->done));
}

void twin_chart(const struct twins *w, struct report_builder *report, struct arena *keep)
{
    const struct twin_cell *cell = &w->cell[w->n - 1];
    const struct twin *f = &cell->twin;
    const char *said = regressions_response(w->said), *done = regressions_response(w->done);
    double conf_level = w->said->prepared->conf_level;
    if (cell->status != FIT_CONVERGED || f->k == 0 || f->k > MOST_TERMS || !(f->df > 0))
        return;
    const char **category = ARENA_NEW(keep, const char *, f->k);
    struct series *series = ARENA_NEW(keep, struct series, 2);
    struct panel *panel = ARENA_NEW(keep, struct panel, 2);
    for (size_t j = 0; j < f->k; j++)
        category[j] = arena_strdup(keep, f->name[j]);
    series[0] = side_series(f, f->said, f->said_std_error, conf_level, 0, keep);
    series[1] = side_series(f, f->done, f->done_std_error, conf_level, 1, keep);
    for (size_t k = 0; k < 2; k++)
        panel[k] = (struct panel){.title = arena_printf(keep, "%s (n = %s)", k ? done : said,
                                                        phrase_count(cell->n_obs, keep)),
                                  .n_series = 1,
                                  .series = &series[k]};
    report_add_chart(
        report, &(struct chart){.id = "twin",
                                .sheet = "Say and do",
                                .kind = &chart_kind_forest,
                                .title = arena_printf(keep,
                                                      "What goes with saying (%s) and with doing "
                                                      "(%s)",
                                                      said, done),
                                .finding = finding_of(w, cell, keep),
                                .x_label = arena_printf(keep,
                                                        "standard deviations of the outcome, %s "
                                                        "intervals",
                                                        phrase_level(conf_level, keep)),
                                .n_y_categories = f->k,
                                .y_category = category,
                                .n_panels = 2,
                                .panels = panel});
}
