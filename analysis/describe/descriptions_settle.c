/* SPDX-License-Identifier: GPL-3.0-or-later
   What descriptions.h describes: points, cuts and items. */
#include <math.h>
#include <string.h>

#include "analysis/describe/descriptions.h"
#include "analysis/study/variables.h"
#include "io/text/parse.h"

enum { MOST_POINTS = 101 }; /* 0 to 100 is a scale; ids and money are not */

static const struct study_scale *declared(const struct prepared *p, const char *name)
{
    for (size_t i = 0; p->study && i < p->study->n_scales; i++)
        if (strcmp(p->study->scales[i].name, name) == 0)
            return &p->study->scales[i];
    return NULL;
}

/* ---- points ---- */

static struct answer_points whole_points(double low, double high, int steps)
{
    struct answer_points none = {0};
    if (low != floor(low) || high != floor(high) || !(low < high) || high - low >= MOST_POINTS ||
        fabs(low) > 1e6)
        return none;
    return (struct answer_points){.low = (int)low, .high = (int)high, .steps = steps};
}

/* Smallest to largest answer, when all are whole numbers. */
static struct answer_points points_of_data(const double *x, size_t n)
{
    double low = INFINITY, high = -INFINITY;
    struct answer_points none = {0};
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(x[i]))
            continue;
        if (x[i] != floor(x[i]))
            return none;
        low = fmin(low, x[i]);
        high = fmax(high, x[i]);
    }
    struct answer_points a = low < high ? whole_points(low, high, 1) : none;
    a.from_data = true;
    return a;
}

static struct answer_points points_of(const struct prepared *p, const struct variable_of *x,
                                      const double *typed)
{
    const struct study_scale *scale = declared(p, x->name);
    if (typed)
        return whole_points(typed[0], typed[1], 1);
    if (!scale)
        return points_of_data(x->value, p->frame->n_rows);
    bool averaged = scale->combine == COMBINE_MEAN && scale->items.n > 1;
    return whole_points(x->low, x->high, averaged ? (int)scale->items.n : 1);
}

static bool typed_range(const struct texts *text, double range[2], struct arena *keep,
                        struct err *err)
{
    bool well = text->n == 2;
    const char *typed = "";
    for (size_t i = 0; i < text->n; i++)
        typed = arena_printf(keep, "%s%s%s", typed, i ? "," : "", text->at[i]);
    for (size_t i = 0; i < 2 && well; i++)
        well = parse_real(text->at[i], strlen(text->at[i]), &range[i]);
    if (!well || whole_points(range[0], range[1], 1).steps == 0)
        return err_at(err, ERR_USAGE,
                      &(struct problem){.column = "--range",
                                        .value = typed,
                                        .what = "is not LOW,HIGH of an answer scale",
                                        .mend = "two whole numbers, for example --range=1,7"});
    return true;
}

/* An answer beyond the typed range is no answer on that scale. */
static bool inside(const struct frame *f, const struct variable_of *x, const double range[2],
                   struct arena *keep, struct err *err)
{
    for (size_t i = 0; i < f->n_rows; i++)
        if (x->value[i] < range[0] || x->value[i] > range[1])
            return err_at(err, ERR_VALUE,
                          &(struct problem){
                              .file = f->file,
                              .line = f->line ? f->line[i] : 0,
                              .column = x->name,
                              .value = arena_printf(keep, "%g", x->value[i]),
                              .what = arena_printf(keep, "is not in %g..%g", range[0], range[1]),
                              .mend = "leave the cell empty if it is no answer, or "
                                      "correct --range"});
    return true;
}

static bool settle_points(const struct prepared *p, const struct descriptions_typed *typed,
                          struct descriptions_options *o, struct arena *keep, struct err *err)
{
    double range[2];
    bool has_range = typed && typed->range.n > 0;
    if (has_range && p->study)
        return err_set(err, ERR_USAGE, "--range is for tables; the study declares its scales");
    if (has_range && !typed_range(&typed->range, range, keep, err))
        return false;
    struct answer_points *points = ARENA_NEW(keep, struct answer_points, p->n_x);
    for (size_t i = 0; has_range && i < p->n_x; i++)
        if (!inside(p->frame, &p->x[i], range, keep, err))
            return false;
    for (size_t i = 0; i < p->n_x; i++)
        points[i] = points_of(p, &p->x[i], has_range ? range : NULL);
    o->points = points;
    return true;
}

/* ---- net promoter score ---- */

static bool typed_cuts(const struct prepared *p, const struct descriptions_typed *typed,
                       struct net_promoter_cuts *cuts, struct err *err)
{
    if (typed->nps.n && !(typed->cuts.detractor < typed->cuts.promoter))
        return err_set(err, ERR_USAGE, "--detractors=%g must lie below --promoters=%g",
                       typed->cuts.detractor, typed->cuts.promoter);
    for (size_t k = 0; k < typed->nps.n; k++) {
        size_t x = 0;
        while (x < p->n_x && strcmp(p->x[x].name, typed->nps.at[k]) != 0)
            x++;
        if (x == p->n_x)
            return err_set(err, ERR_USAGE, "--nps=%s is not among the scales described (--x)",
                           typed->nps.at[k]);
        cuts[x] = typed->cuts;
    }
    return true;
}

static bool settle_cuts(const struct prepared *p, const struct descriptions_typed *typed,
                        struct descriptions_options *o, struct arena *keep, struct err *err)
{
    struct net_promoter_cuts *cuts = ARENA_NEW(keep, struct net_promoter_cuts, p->n_x);
    for (size_t i = 0; i < p->n_x; i++) {
        const struct study_scale *scale = declared(p, p->x[i].name);
        cuts[i] = (struct net_promoter_cuts){NAN, NAN};
        if (scale && !isnan(scale->promoter_from))
            cuts[i] = (struct net_promoter_cuts){scale->promoter_from, scale->detractor_to};
    }
    o->cuts = cuts;
    return !typed || typed_cuts(p, typed, cuts, err);
}

/* ---- items ---- */

static bool table_set(const struct prepared *p, const struct texts *items,
                      struct descriptions_options *o, struct arena *keep, struct err *err)
{
    if (p->study)
        return err_set(err, ERR_USAGE, "--items is for tables; the study declares its scales");
    if (items->n < 2)
        return err_set(err, ERR_USAGE, "--items needs two columns or more");
    struct item_set *set = ARENA_NEW(keep, struct item_set, 1);
    const double **item = ARENA_NEW(keep, const double *, items->n);
    for (size_t k = 0; k < items->n; k++)
        if (!(item[k] = variable_numbers(p->frame, items->at[k], keep, err)))
            return false;
    *set = (struct item_set){"items", *items, item};
    o->n_sets = 1;
    o->sets = set;
    return true;
}

bool descriptions_settle(const struct prepared *p, const struct descriptions_typed *typed,
                         struct descriptions_options *o, struct arena *keep, struct err *err)
{
    *o = (struct descriptions_options){0};
    if (!settle_points(p, typed, o, keep, err) || !settle_cuts(p, typed, o, keep, err))
        return false;
    if (typed && typed->items.n)
        return table_set(p, &typed->items, o, keep, err);
    o->n_sets = items_of_study(p, &o->sets, keep);
    return true;
}
