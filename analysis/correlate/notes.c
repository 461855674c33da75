/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/correlate/notes.h"

#include <math.h>
#include <string.h>

#include "analysis/study/phrases.h"

const char *note_methods(const struct correlations *c, struct arena *keep)
{
    const char *note = "";
    for (size_t m = 0; m < c->options.n_methods; m++) {
        const struct correlation *method = c->options.method[m];
        const struct interval *interval =
            c->options.interval ? c->options.interval : method->interval;
        note = arena_printf(keep, "%s%s%s: interval %s, std_error is %s", note, m ? "; " : "",
                            method->name, interval->name, interval->std_error);
        if (method == &correlation_eta_squared)
            note = arena_printf(keep, "%s, statistic is F and df its residual df", note);
    }
    return note;
}

/* How p_value came about, where it is not each method's own. */
const char *note_p_value(const struct correlations *c, struct arena *keep)
{
    const struct p_value *way = c->options.p_value;
    bool drawn = false;
    for (size_t m = 0; m < c->options.n_methods; m++)
        drawn = drawn || !c->options.method[m]->test;
    if (way == &p_value_permutation || (drawn && (!way || way == &p_value_default)))
        return arena_printf(keep, " p_value%s: by %zu permutations, statistic is the estimate.",
                            way == &p_value_permutation ? "" : " of distance",
                            c->options.permutations);
    if (way == &p_value_exact)
        return " p_value: exact, and missing where there are ties, weights or too many rows.";
    return way && way != &p_value_default ? arena_printf(keep, " p_value: %s.", way->title) : "";
}

/* ---- how to check in R ---- */

/* When cor.test() is to give the exact p: NULL leaves it to R, which has none of ties.  From
   ten rows on Spearman's is an Edgeworth series there and the t test here. */
static const char *exact_as_here(const struct correlations *c, const char *method, const char *x,
                                 const char *y, struct arena *keep)
{
    if (c->options.p_value == &p_value_asymptotic)
        return "FALSE";
    return strcmp(method, "kendall") == 0
               ? "NULL"
               : arena_printf(keep, "if (sum(complete.cases(d$%s, d$%s)) < 10) NULL else FALSE", x,
                              y);
}

/* cor.test() of the first cell, scale and behaviour, by each method that it knows. */
const char *check_cells(const struct correlations *c, struct arena *keep)
{
    const struct prepared *p = c->prepared;
    const char *x = phrase_r_name(p->x[0].name, keep), *y = phrase_r_name(p->y[0].name, keep);
    const char *text = phrase_r_rows(p, "tables/study.csv", keep);
    for (size_t m = 0; m < c->options.n_methods; m++) {
        const char *name = c->options.method[m]->name, *own = c->options.method[m]->check_r;
        if (own) {
            text = arena_printf(keep, "%s; with(na.omit(data.frame(x = d$%s, y = d$%s)), %s)", text,
                                x, y, own);
            continue;
        }
        bool rank = strcmp(name, "spearman") == 0 || strcmp(name, "kendall") == 0;
        text = rank ? arena_printf(keep, "%s; cor.test(d$%s, d$%s, method = '%s', exact = %s)",
                                   text, x, y, name, exact_as_here(c, name, x, y, keep))
                    : arena_printf(keep, "%s; cor.test(d$%s, d$%s, conf.level = %g)", text, x, y,
                                   p->conf_level);
    }
    return text;
}

/* The first method that is pooled; NULL: none is. */
static const struct correlation *pooled_method(const struct correlations *c)
{
    for (size_t m = 0; m < c->options.n_methods; m++)
        if (c->options.method[m]->z_variance)
            return c->options.method[m];
    return NULL;
}

/* The non-margin rows of the first scale, behaviour and this method, as d. */
const char *check_rows(const struct correlations *c, const struct correlation *method,
                       bool one_behaviour, struct arena *keep)
{
    const struct prepared *p = c->prepared;
    const char *one = one_behaviour ? arena_printf(keep, "x == %s & y == %s & ",
                                                   phrase_r_text(p->x[0].name, keep),
                                                   phrase_r_text(p->y[0].name, keep))
                                    : "";
    const char *text =
        arena_printf(keep, "d <- subset(read.csv('tables/correlations.csv'), %smethod == '%s'", one,
                     method->name);
    for (size_t j = 0; j < p->groups.n_by; j++)
        text = arena_printf(keep, "%s & %s != '%s'", text, phrase_r_name(p->groups.by[j], keep),
                            GROUP_ALL);
    return arena_printf(keep, "%s%s)", text, one_behaviour ? " & status == 'ok'" : "");
}

const char *check_pooling(const struct correlations *c, const char *how, struct arena *keep)
{
    const struct correlation *method = pooled_method(c);
    if (!method)
        return NULL;
    return arena_printf(keep,
                        "library(metafor); %s; m <- rma(measure = 'ZCOR', ri = estimate, ni = %s, "
                        "data = d, %s); m; predict(m, transf = transf.ztor)",
                        check_rows(c, method, true, keep),
                        c->prepared->weight_kind == WEIGHT_SAMPLING ? "n_eff" : "n", how);
}
