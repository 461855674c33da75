/* SPDX-License-Identifier: GPL-3.0-or-later
   Numbers about their means, so that the coefficients beside an interaction are those at the
   average customer (Cohen, Cohen, West & Aiken 2003, Applied Multiple Regression, sec. 7.2). */
#include <math.h>
#include <string.h>

#include "analysis/glm/regressions.h"
#include "analysis/study/phrases.h"
#include "analysis/study/variables.h"
#include "models/base/sum.h"
#include "models/design/model.h"

static const char every_product[] = "interactions";

/* Does an interaction have this column as one of its variables? */
static bool in_product(const struct model_formula *f, const char *name)
{
    for (size_t t = 0; t < f->n_terms; t++)
        for (size_t k = 0; f->term[t].n > 1 && k < f->term[t].n; k++)
            if (strcmp(f->variable[f->term[t].variable[k]].label, name) == 0)
                return true;
    return false;
}

static bool on_right(const struct model_formula *f, const char *name)
{
    for (size_t i = 0; f && i < f->n_columns; i++)
        if (f->column[i].right && strcmp(f->column[i].name, name) == 0)
            return true;
    return f && f->second && on_right(f->second, name);
}

static bool is_named(const struct texts *names, const char *name)
{
    for (size_t i = 0; i < names->n; i++)
        if (strcmp(names->at[i], name) == 0)
            return true;
    return false;
}

static bool can_be_centred(const struct regressions *r, const char *name, struct arena *keep,
                           struct err *err)
{
    const struct model_column *c = NULL;
    for (size_t j = 0; j < r->data.n_columns; j++)
        if (strcmp(r->data.column[j].name, name) == 0)
            c = &r->data.column[j];
    if (!c)
        return err_at(err, ERR_COLUMN,
                      &(struct problem){.column = "--centre",
                                        .value = name,
                                        .what = "is no column",
                                        .mend = variable_mend(r->prepared->frame, name, keep)});
    if (!on_right(r->formula, name))
        return err_set(err, ERR_USAGE, "--centre: '%s' is not on the right side of the formula",
                       name);
    if (!c->value)
        return err_set(err, ERR_USAGE,
                       "--centre: '%s' is a factor; numbers can be centred, its reference level "
                       "is set by --levels",
                       name);
    return true;
}

/* About the mean of the rows that have a value, which is left in `at`. */
static double *about_mean(const struct regressions *r, const double *value, double *at,
                          struct arena *keep)
{
    const double *w = r->options.weight ? r->options.weight : r->prepared->weight;
    const struct rows *rows = &r->prepared->groups.at[r->prepared->groups.n - 1].rows;
    double *about = ARENA_NEW(keep, double, r->data.n);
    struct sum total = {0, 0}, weights = {0, 0};
    for (size_t i = 0; i < rows->n; i++) {
        double x = value[rows->at[i]], weight = w ? w[rows->at[i]] : 1;
        if (isfinite(x) && weight > 0) {
            sum_add(&total, weight * x);
            sum_add(&weights, weight);
        }
    }
    *at = sum_value(&total) / sum_value(&weights);
    for (size_t i = 0; i < r->data.n; i++)
        about[i] = value[i] - *at;
    return about;
}

bool regressions_centre(struct regressions *r, struct arena *keep, struct err *err)
{
    const struct texts *names = &r->options.centre;
    bool products = is_named(names, every_product);
    struct model_column *column =
        arena_copy(keep, r->data.column, r->data.n_columns, sizeof *column);
    for (size_t i = 0; i < names->n; i++)
        if (strcmp(names->at[i], every_product) != 0 && !can_be_centred(r, names->at[i], keep, err))
            return false;
    double *centre = ARENA_NEW(keep, double, r->data.n_columns);
    r->centred = "";
    r->centre = centre;
    for (size_t j = 0; j < r->data.n_columns; j++) {
        struct model_column *c = &column[j];
        double at;
        if (!c->value ||
            !(is_named(names, c->name) || (products && in_product(r->formula, c->name))))
            continue;
        c->value = about_mean(r, c->value, &at, keep);
        centre[j] = at;
        r->centred = arena_printf(keep, "%s%s%s (%s)", r->centred, *r->centred ? ", " : "", c->name,
                                  phrase_number(at, keep));
    }
    r->data.column = column;
    return true;
}
