/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/study/variables.h"

#include <math.h>
#include <string.h>

#include "io/text/parse.h"
#include "models/base/nearest.h"

const char *variable_mend(const struct frame *f, const char *name, struct arena *keep)
{
    enum { TOLD = 12 };
    size_t n;
    const char *const *names = frame_names_and_aliases(f, &n, keep);
    return nearest_mend(name, names, n, "its columns are ", TOLD, keep);
}

const struct column *variable_column(const struct frame *f, const char *name, struct arena *keep,
                                     struct err *err)
{
    const struct column *c = frame_column(f, name);
    if (!c)
        err_at(err, ERR_COLUMN,
               &(struct problem){.file = f->file,
                                 .column = name,
                                 .what = "there is no such column",
                                 .mend = variable_mend(f, name, keep)});
    return c;
}

const struct column *variable_declared(const struct frame *f, const char *name,
                                       const struct declaration *at, struct arena *keep,
                                       struct err *err)
{
    const struct column *c = frame_column(f, name);
    if (!c)
        err_at(err, ERR_COLUMN,
               &(struct problem){.file = at->study->path,
                                 .line = study_line(at->study, at->section, at->index, at->key),
                                 .column = at->key,
                                 .value = name,
                                 .what = arena_printf(keep, "is no column of %s", f->file),
                                 .mend = variable_mend(f, name, keep)});
    return c;
}

static bool bad_cell(const struct frame *f, const struct column *c, size_t row, const char *what,
                     const char *mend, struct err *err)
{
    return err_at(err, ERR_VALUE,
                  &(struct problem){.file = f->file,
                                    .line = f->line ? f->line[row] : 0,
                                    .column = c->name,
                                    .value = c->type == COLUMN_TEXT ? c->as.text[row] : NULL,
                                    .what = what,
                                    .mend = mend});
}

static bool is_missing_word(const char *text)
{
    return strcmp(text, "NA") == 0 || strcmp(text, "NaN") == 0;
}

static bool parse_column(const struct frame *f, const struct column *c, double *x, struct err *err)
{
    for (size_t i = 0; i < f->n_rows; i++) {
        const char *text = c->as.text[i];
        x[i] = NAN;
        if (text && !is_missing_word(text) && !parse_real(text, strlen(text), &x[i]))
            return bad_cell(f, c, i, "is not a number",
                            "write numbers with '.', and leave missing cells empty", err);
    }
    return true;
}

const double *variable_numbers(const struct frame *f, const char *name, struct arena *keep,
                               struct err *err)
{
    const struct column *c = variable_column(f, name, keep, err);
    if (!c)
        return NULL;
    double *x = ARENA_NEW(keep, double, f->n_rows);
    if (c->type == COLUMN_TEXT)
        return parse_column(f, c, x, err) ? x : NULL;
    for (size_t i = 0; i < f->n_rows; i++)
        x[i] = column_real(c, i);
    return x;
}

const double *variable_weights(const struct frame *f, const char *name, bool whole,
                               struct arena *keep, struct err *err)
{
    const double *w = variable_numbers(f, name, keep, err);
    for (size_t i = 0; w && i < f->n_rows; i++) {
        const struct column *c = frame_column(f, name);
        const char *what = isnan(w[i])                    ? "is missing"
                           : w[i] < 0                     ? "is negative"
                           : whole && w[i] != floor(w[i]) ? "is not a whole number"
                                                          : NULL;
        if (what) {
            bad_cell(f, c, i, what,
                     whole ? "a frequency says how many respondents the row stands for: 0, 1, 2 ..."
                           : "give every row a weight of 0 or more",
                     err);
            return NULL;
        }
    }
    return w;
}

bool variable_is_binary(const double *y, const struct rows *rows)
{
    bool zero = false, one = false;
    for (size_t i = 0; i < rows->n; i++) {
        double v = y[rows->at[i]];
        if (isnan(v))
            continue;
        if (v != 0 && v != 1)
            return false;
        zero |= v == 0;
        one |= v == 1;
    }
    return zero && one;
}

struct sample variable_pairs(const double *x, const double *y, const double *w,
                             enum weight_kind kind, const struct rows *rows, struct arena *keep)
{
    double *sx = ARENA_NEW(keep, double, rows->n), *sy = ARENA_NEW(keep, double, rows->n);
    double *sw = w ? ARENA_NEW(keep, double, rows->n) : NULL;
    struct sample s = {.x = sx, .y = sy, .w = sw, .weight_kind = w ? kind : WEIGHT_NONE};
    for (size_t i = 0; i < rows->n; i++) {
        uint32_t at = rows->at[i];
        if (!isfinite(x[at]) || !isfinite(y[at]) || (w && !(w[at] > 0)))
            continue;
        sx[s.n] = x[at];
        sy[s.n] = y[at];
        if (w)
            sw[s.n] = w[at];
        s.n++;
    }
    return s;
}
