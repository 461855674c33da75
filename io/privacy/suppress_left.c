/* SPDX-License-Identifier: GPL-3.0-or-later
   What --suppress-below leaves of a table whose rows have been judged (suppress.c). */
#include "io/privacy/suppress_judged.h"

#include <math.h>
#include <string.h>

#include "io/privacy/suppress.h"
#include "models/base/key_map.h"

/* ---- what columns are ---- */

/* Texts that are found, and numbers that say what a row is of. */
static const char *const findings[] = {"status",
                                       "finding",
                                       "verdict",
                                       "verdict_flips",
                                       "direction",
                                       "flag",
                                       "best_by",
                                       "reliability_x_source",
                                       "reliability_y_source",
                                       "omega_status",
                                       NULL};
static const char *const positions[] = {
    "at", "cycles", "bin", "moderator_at", "assumed_reliability", NULL};
/* Single respondents' values, in whatever table. */
static const char *const extremes[] = {"min", "max", "predicted_low", "predicted_high", NULL};
/* Quantiles, by the share of respondents at or below them. */
static const struct {
    const char *name;
    double share;
} quantiles[] = {{"q1", 0.25}, {"median", 0.5}, {"q3", 0.75}};
/* Shares of answers, which counts of answers are known from. */
static const char *const of_answers[] = {
    "floor",         "ceiling",   "top_box",    "top_box_low", "top_box_high",
    "top_2",         "top_2_low", "top_2_high", "bottom_2",    "bottom_2_low",
    "bottom_2_high", "nps",       "nps_low",    "nps_high",    "promoters",
    "detractors",    NULL};

bool suppress_among(const char *word, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(*list, word) == 0)
            return true;
    return false;
}

bool suppress_is_text(const struct column *c)
{
    return c->type == COLUMN_TEXT;
}

bool suppress_identifies(const struct column *c)
{
    return suppress_is_text(c) ? !suppress_among(c->name, findings)
                               : suppress_among(c->name, positions);
}

/* ---- cells ---- */

/* A column with the cells of some rows empty; row NULL: of none. */
static struct column emptied(const struct column *c, size_t n, const bool *row, struct arena *keep)
{
    struct column now = *c;
    if (!row)
        return now;
    double *real = c->type == COLUMN_REAL ? arena_copy(keep, c->as.real, n, sizeof *real) : NULL;
    int64_t *whole =
        c->type == COLUMN_WHOLE ? arena_copy(keep, c->as.whole, n, sizeof *whole) : NULL;
    int32_t *day = c->type == COLUMN_DAY || c->type == COLUMN_FACTOR
                       ? arena_copy(keep, c->as.day, n, sizeof *day)
                       : NULL;
    const char **text = suppress_is_text(c) ? arena_copy(keep, c->as.text, n, sizeof *text) : NULL;
    uint8_t *missing = c->missing ? arena_copy(keep, c->missing, n, 1) : NULL;
    for (size_t i = 0; i < n; i++) {
        if (!row[i])
            continue;
        if (real)
            real[i] = NAN;
        else if (whole)
            whole[i] = WHOLE_MISSING;
        else if (day)
            day[i] = c->type == COLUMN_DAY ? DAY_MISSING : -1;
        else
            text[i] = strcmp(c->name, "status") == 0 ? STATUS_SUPPRESSED : NULL;
        if (missing)
            missing[i] = text && text[i] ? MISSING_NOT : MISSING_BLANK;
    }
    if (real)
        now.as.real = real;
    else if (whole)
        now.as.whole = whole;
    else if (day)
        now.as.day = day;
    else
        now.as.text = text;
    now.missing = missing;
    now.code = NULL;
    return now;
}

/* A quantile with fewer respondents at or beyond it: by the type 7 of Hyndman & Fan (1996) there
   are floor((n - 1) p) + 1 at the side of the smaller share p at least; of weights nobody knows. */
static bool is_unsafe_quantile(const struct judged *j, const struct column *c, size_t row,
                               double below)
{
    const struct column *effective = frame_column(j->frame, "n_eff");
    const double n = j->size[row].n;
    const bool weighted = effective && fabs(column_real(effective, row) - n) > 1e-9 * n;
    for (size_t k = 0; k < sizeof quantiles / sizeof *quantiles; k++)
        if (strcmp(c->name, quantiles[k].name) == 0)
            return weighted ||
                   floor((n - 1) * fmin(quantiles[k].share, 1 - quantiles[k].share)) + 1 < below;
    return false;
}

/* Rows of a single figure: single respondents', or counts of few, that are told nowhere. */
static const bool *single(const struct judged *j, const struct column *c, double below)
{
    const size_t n = j->frame->n_rows;
    bool *row = arena_copy(j->keep, j->hit, n, sizeof *row);
    for (size_t i = 0; i < n; i++) {
        const double value = column_real(c, i);
        row[i] |= suppress_among(c->name, extremes) ||
                  (j->shares[i] && suppress_among(c->name, of_answers)) ||
                  is_unsafe_quantile(j, c, i, below) ||
                  (strcmp(c->name, "missing") == 0 && value > 0 && value < below);
    }
    return row;
}

/* Which scale, or variable, and which place on it a row is of. */
static const char *place_of(const struct frame *f, size_t row, struct arena *scratch)
{
    static const char *const of[] = {"x", "scale", NULL};
    const char *text = arena_printf(scratch, "%.17g", column_real(frame_column(f, "at"), row));
    for (size_t k = 0; of[k]; k++) {
        const struct column *c = frame_column(f, of[k]);
        text = arena_printf(scratch, "%s:%s", text, c && c->as.text[row] ? c->as.text[row] : "");
    }
    return text;
}

/* Rows whose place is told only there: a value that few have is their own. */
static const bool *hidden_places(const struct judged *j)
{
    const struct frame *f = j->frame;
    bool *row = ARENA_NEW(j->keep, bool, f->n_rows);
    struct arena *scratch = arena_new();
    struct key_map *told = key_map_new(f->n_rows, scratch);
    for (size_t i = 0; i < f->n_rows; i++)
        if (!j->hit[i]) {
            const char *place = place_of(f, i, scratch);
            key_map_add(told, place, strlen(place), NULL);
        }
    for (size_t i = 0; i < f->n_rows; i++) {
        const char *place = place_of(f, i, scratch);
        row[i] = j->hit[i] && key_map_find(told, place, strlen(place)) == KEY_MAP_NONE;
    }
    arena_free(scratch);
    return row;
}

/* Terms of isotonic regression are called by the values where its blocks begin. */
static const bool *hidden_blocks(const struct judged *j)
{
    const struct column *curve = frame_column(j->frame, "curve");
    bool *row = ARENA_NEW(j->keep, bool, j->frame->n_rows);
    for (size_t i = 0; curve && i < j->frame->n_rows; i++)
        row[i] = j->hit[i] && curve->as.text[i] && strcmp(curve->as.text[i], "isotonic") == 0;
    return row;
}

/* The rows of a column that are not told, NULL: all are. */
static const bool *not_told(const struct judged *j, const struct column *c, double below)
{
    if (!suppress_identifies(c))
        return single(j, c, below);
    if (j->any && strcmp(c->name, "at") == 0)
        return hidden_places(j);
    return j->any && strcmp(c->name, "term") == 0 ? hidden_blocks(j) : NULL;
}

const struct frame *suppress_left(const struct judged *j, double below)
{
    const struct frame *f = j->frame;
    struct column *cols = ARENA_NEW(j->keep, struct column, f->n_cols);
    size_t n = 0;
    for (size_t k = 0; k < f->n_cols; k++)
        if (strcmp(f->cols[k].name, SUPPRESS_CONTRIBUTING) != 0)
            cols[n++] = emptied(&f->cols[k], f->n_rows, not_told(j, &f->cols[k], below), j->keep);
    return frame_of_columns(f->name, cols, n, f->n_rows, j->keep);
}
