/* SPDX-License-Identifier: GPL-3.0-or-later
   What regressions.h says in words. */
#include <math.h>
#include <string.h>

#include "analysis/glm/regressions.h"
#include "analysis/study/phrases.h"

/* ---- whose the standard errors are ---- */

static const char *clusters_in_words(const struct regressions *r, struct arena *keep)
{
    const struct regressions_options *o = &r->options;
    bool small = o->outcome->glm == &family_gaussian ||
                 (o->fit.covariance && strcmp(o->fit.covariance, "HC1") == 0);
    const char *factor = small ? "G/(G - 1) (n - 1)/(n - p)" : "G/(G - 1)";
    if (o->n_ways == 1)
        return arena_printf(keep,
                            "cluster-robust by %s (factor %s), tests on G - 1 degrees of freedom",
                            o->cluster[0].name, factor);
    bool rows = false;
    for (size_t i = 0; i < r->n; i++)
        rows |= r->cell[i].clusters.whole_rows;
    return arena_printf(keep,
                        "cluster-robust by %s and by %s (Cameron, Gelbach and Miller 2011; factor "
                        "%s%s), tests on the smaller G - 1 degrees of freedom",
                        o->cluster[0].name, o->cluster[1].name, factor,
                        rows ? "; where each pair is one row, the part by both is White's" : "");
}

/* The first link of a family without a dispersion is the canonical one, where the expected and the
   observed information are the same. */
static const char *expected_information(const struct regressions_options *o)
{
    bool canonical = !o->fit.link || strcmp(o->fit.link, o->outcome->link[0]) == 0;
    if (!o->outcome->glm->dispersion_known)
        return "from the expected information, dispersion Pearson's chi-squared over df, as R's "
               "glm";
    return canonical ? "from the expected information, as R's glm"
                     : "from the expected information, as R's glm; other programs differ by some "
                       "per cent (--observed)";
}

const char *regressions_errors_note(const struct regressions *r, struct arena *keep)
{
    const struct regressions_options *o = &r->options;
    if (o->n_ways && r->cell[r->n - 1].wild)
        return arena_printf(keep,
                            "cluster-robust by %s; p_value and limits not from it but by the wild "
                            "cluster bootstrap with the null imposed (%s replicates, or all "
                            "vectors of weights where they are fewer)",
                            o->cluster[0].name, phrase_count((double)r->replicates, keep));
    if (o->n_ways)
        return clusters_in_words(r, keep);
    if (o->fit.covariance)
        return arena_printf(keep, "%s, robust to unequal variances", o->fit.covariance);
    if (r->prepared->weight_kind == WEIGHT_SAMPLING)
        return "sandwich HC0 of the sampling weights";
    if (o->outcome == &outcome_fractional)
        return "HC0, robust to the variance of the shares";
    if (!o->outcome->glm)
        return "from the observed information";
    if (o->fit.observed)
        return "from the observed information";
    if (o->outcome == &outcome_negative_binomial)
        return "from the expected information with theta held, as R's MASS::glm.nb; other programs "
               "differ by some per cent (--observed)";
    return expected_information(o);
}

/* ---- sentences ---- */

static const char *cell_title(const struct regressions *r, const struct regression_cell *cell,
                              struct arena *keep)
{
    return group_title(cell->group, r->prepared->groups.n_by, keep);
}

/* Names of the parameters that are not estimated: collinear with columns before them, or moved
   without end by separation. */
static const char *not_estimated(const struct regression_cell *cell, bool aliased,
                                 struct arena *keep)
{
    const struct outcome_fit *fit = &cell->fit;
    const char *names = "";
    for (size_t j = 0; j < fit->fit.n_params; j++) {
        bool is_aliased = fit->glm ? fit->glm->aliased[j] : fit->fit.status != FIT_SEPARATION;
        if (isnan(fit->fit.estimate[j]) && is_aliased == aliased)
            names = arena_printf(keep, "%s%s%s", names, *names ? ", " : "", fit->fit.term[j]);
    }
    return names;
}

static void separation_line(const struct regressions *r, const struct regression_cell *cell,
                            struct report_builder *report, struct arena *keep)
{
    const char *names = not_estimated(cell, false, keep);
    bool all = cell->fit.glm && cell->fit.glm->n_separated == cell->design.n;
    bool logit = r->options.outcome == &outcome_binomial && strcmp(cell->fit.link, "logit") == 0;
    report_add_warning(
        report,
        "%s: separation: %s predict%s %s outcomes perfectly, so that the likelihood has no "
        "maximum and no estimate exists for %s. %s",
        cell_title(r, cell, keep), *names ? names : "the terms", strchr(names, ',') ? "" : "s",
        all ? "all" : "some", strchr(names, ',') ? "them" : "it",
        logit ? "Take --firth (bias-reduced estimates, always finite), or fewer terms."
              : "Take fewer terms or join rare levels; --family=binomial --link=logit has "
                "--firth.");
}

static void status_line(const struct regressions *r, const struct regression_cell *cell,
                        struct report_builder *report, struct arena *keep)
{
    const char *title = cell_title(r, cell, keep), *aliased;
    enum fit_status status = cell->fit.fit.status;
    if (status == FIT_SEPARATION)
        separation_line(r, cell, report, keep);
    else if (status != FIT_CONVERGED)
        report_add_warning(report, "%s: %s", title, fit_status_word(status));
    else if (cell->fit.covariance_status != FIT_CONVERGED)
        report_add_warning(report, "%s: no standard errors: %s", title,
                           fit_status_word(cell->fit.covariance_status));
    aliased = not_estimated(cell, true, keep);
    if (*aliased && cell->fit.fit.n_params && status == FIT_CONVERGED)
        report_add_warning(report,
                           "%s: left out, since the columns before make them up (collinear): %s",
                           title, aliased);
}

/* Cells without a design: the first, and how many more. */
static void unmade_line(const struct regressions *r, struct report_builder *report,
                        struct arena *keep)
{
    const struct regression_cell *first = NULL;
    size_t n = 0;
    for (size_t i = 0; i < r->n; i++) {
        if (r->cell[i].made || r->cell[i].group->suppressed)
            continue;
        first = first ? first : &r->cell[i];
        n++;
    }
    if (n == 1)
        report_add_warning(report, "%s: not fitted: %s", cell_title(r, first, keep),
                           first->problem.told.what);
    else if (n > 1)
        report_add_warning(report, "%zu cells are not fitted, %s the first: %s", n,
                           cell_title(r, first, keep), first->problem.told.what);
}

/* Texts whose order nobody declared. */
static void order_line(const struct regressions *r, struct report_builder *report,
                       struct arena *keep)
{
    const struct prepared *p = r->prepared;
    const struct regression_cell *all = &r->cell[r->n - 1];
    const char *names = "";
    bool declared = false;
    if (!r->options.outcome->ordered || !all->made || !all->design.n_response_levels)
        return;
    for (size_t k = 0; k < p->n_orders; k++)
        declared |= strcmp(p->order[k].column, all->design.response) == 0;
    for (size_t k = 0; k < all->design.n_response_levels; k++)
        names = arena_printf(keep, "%s%s%s", names, k ? " < " : "", all->design.response_level[k]);
    if (!declared)
        report_add_warning(report,
                           "the categories of %s stand in alphabetical order: %s; say theirs with "
                           "--levels=%s:FIRST,SECOND,...",
                           all->design.response, names, all->design.response);
}

void regressions_lines(const struct regressions *r, struct report_builder *report)
{
    struct arena *scratch = arena_new();
    const struct regression_cell *all = &r->cell[r->n - 1];
    if (all->made)
        report_add_line(report, "%s: %s, link %s, %s observations.", r->options.text,
                        r->options.outcome->title, regressions_link(&r->options),
                        phrase_count(all->fit.fit.n_obs, scratch));
    if (*r->centred)
        report_add_line(report, "Centred at their means over all rows: %s.", r->centred);
    order_line(r, report, scratch);
    unmade_line(r, report, scratch);
    for (size_t i = 0; i < r->n; i++)
        if (r->cell[i].made)
            status_line(r, &r->cell[i], report, scratch);
    arena_free(scratch);
}
