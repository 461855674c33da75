/* SPDX-License-Identifier: GPL-3.0-or-later
   Whose each row is, for the folds of the cross-validation. */
#include "analysis/curve/curves.h"
#include "analysis/study/variables.h"

/* The study's respondents: the frame's rows in the order of its responses. */
static const uint64_t *of_study(const struct prepared *p, struct arena *keep)
{
    const struct join *j = p->join;
    uint64_t *out = ARENA_NEW(keep, uint64_t, p->frame->n_rows);
    size_t n = 0;
    for (size_t i = 0; i < j->responses.n; i++)
        if (j->fate[i] == FATE_STUDY)
            out[n++] = customer_hash(j->responses.at[i].joined);
    return out;
}

bool curves_customers(const struct prepared *p, const char *column, struct curves_options *o,
                      struct arena *keep, struct err *err)
{
    if (p->join) {
        o->customer = of_study(p, keep);
        return column ? err_set(err, ERR_USAGE,
                                "--customer is for a table; a study knows its customers")
                      : true;
    }
    if (!column)
        return true;
    const struct column *c = variable_column(p->frame, column, keep, err);
    if (!c)
        return false;
    uint64_t *out = ARENA_NEW(keep, uint64_t, p->frame->n_rows);
    for (size_t i = 0; i < p->frame->n_rows; i++) {
        if (column_is_missing(c, i))
            return err_at(err, ERR_VALUE,
                          &(struct problem){.file = p->frame->file,
                                            .line = p->frame->line ? p->frame->line[i] : 0,
                                            .column = column,
                                            .what = "has no customer",
                                            .mend = "fill it, or leave --customer out"});
        out[i] = customer_hash(c->as.text[i]);
    }
    o->customer = out;
    return true;
}
