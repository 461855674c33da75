/* SPDX-License-Identifier: GPL-3.0-or-later
   Which curves, and with which knots: the words of --curve and --knots. */
#include <math.h>
#include <string.h>

#include "analysis/curve/curves.h"
#include "io/text/parse.h"
#include "models/base/nearest.h"

#define ALL "all"
#define ISOTONIC "isotonic"

static bool unknown_curve(const struct prepared *p, const char *name, bool from_study,
                          struct arena *keep, struct err *err)
{
    const char **known = ARENA_NEW(keep, const char *, n_curves + 2);
    memcpy(known, curve_names, n_curves * sizeof *known);
    known[n_curves] = ISOTONIC;
    known[n_curves + 1] = ALL;
    const char *near = nearest(name, known, n_curves + 2);
    const char *mend =
        near ? arena_printf(keep, "did you mean '%s'?", near) : "saydo-curve --help lists them";
    return err_at(
        err, from_study ? ERR_STUDY : ERR_USAGE,
        &(struct problem){.file = from_study ? p->study->path : NULL,
                          .line = from_study ? study_line(p->study, "analysis", 0, "curves") : 0,
                          .column = from_study ? "curves" : "--curve",
                          .value = name,
                          .what = "is no curve",
                          .mend = mend});
}

/* Adds a curve that is not there yet. */
static void add_curve(struct curves_options *o, const struct curve **list, const struct curve *c)
{
    for (size_t i = 0; i < o->n_curves; i++)
        if (list[i] == c)
            return;
    list[o->n_curves++] = c;
}

/* Every curve, or those that need not be asked for. */
static void add_curves(struct curves_options *o, const struct curve **list, bool all)
{
    for (size_t i = 0; i < n_curves; i++)
        if (all || !curves[i]->on_request)
            add_curve(o, list, curves[i]);
}

bool curves_named(const struct texts *names, const struct prepared *p, struct curves_options *o,
                  struct arena *keep, struct err *err)
{
    bool from_study = !names->n && p->study && p->study->analysis.curves.n;
    const struct texts *chosen = from_study ? &p->study->analysis.curves : names;
    const struct curve **list = ARENA_NEW(keep, const struct curve *, n_curves);
    o->n_curves = 0;
    o->curve = list;
    if (!chosen->n)
        add_curves(o, list, false);
    for (size_t i = 0; i < chosen->n; i++) {
        const struct curve *named = curve_find(chosen->at[i]);
        bool all = strcmp(chosen->at[i], ALL) == 0;
        if (named)
            add_curve(o, list, named);
        else if (all)
            add_curves(o, list, true);
        else if (strcmp(chosen->at[i], ISOTONIC) != 0)
            return unknown_curve(p, chosen->at[i], from_study, keep, err);
        o->isotonic |= !named;
    }
    return true;
}

static bool bad_knots(const char *value, const char *what, const char *mend, struct err *err)
{
    return err_at(
        err, ERR_USAGE,
        &(struct problem){.column = "--knots", .value = value, .what = what, .mend = mend});
}

bool curves_knots(const struct texts *texts, struct curves_options *o, struct arena *keep,
                  struct err *err)
{
    double *knot = ARENA_NEW(keep, double, texts->n);
    bool wanted = texts->n == 0;
    for (size_t i = 0; i < texts->n; i++) {
        const char *text = texts->at[i];
        if (!parse_real(text, strlen(text), &knot[i]) || !isfinite(knot[i]))
            return bad_knots(text, "is no number", "write --knots=4 or --knots=4,8", err);
        if (i > 0 && knot[i] <= knot[i - 1])
            return bad_knots(text, "does not rise", "name the knots from low to high", err);
    }
    o->fit.knots = knot;
    o->fit.n_knots = texts->n;
    for (size_t k = 0; k < o->n_curves; k++)
        wanted |= curve_knots_given(o->curve[k], &o->fit);
    return wanted || bad_knots(arena_printf(keep, "%zu", texts->n),
                               "knots are not what any of the curves takes",
                               "hinge and step take one, three_zone and natural_spline two; name "
                               "one of these with --curve",
                               err);
}

bool curves_bounds(const struct curves_options *o, struct arena *keep, struct err *err)
{
    const struct bounds *b = &o->fitting.bounds;
    const char **known = ARENA_NEW(keep, const char *, n_curves *CURVE_MAX_PARAMS);
    size_t n = 0;
    for (size_t k = 0; k < o->n_curves; k++)
        for (size_t j = 0; j < o->curve[k]->n_params; j++) {
            known[n++] = o->curve[k]->param[j];
            for (size_t i = 0; i < b->n && o->curve[k]->exact_start; i++)
                if (strcmp(b->param[i], known[n - 1]) == 0)
                    return fitting_bad_bound(
                        known[n - 1],
                        arena_printf(keep, "is found by an exact search in %s, within no bounds",
                                     o->curve[k]->name),
                        "name other curves with --curve", err);
        }
    const char *unknown = fitting_unknown_bound(&o->fitting, known, n);
    return !unknown ||
           fitting_bad_bound(unknown, "is no parameter of these curves",
                             nearest_mend(unknown, known, n, "they have ", 12, keep), err);
}
