/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/privacy/suppress.h"

#include <math.h>
#include <string.h>

#include "io/privacy/suppress_judged.h"
#include "models/base/key_map.h"
#include "models/base/suppression.h"

/* ---- what tables are made of ---- */

/* Tables with a row per person, or thresholds that are persons' own figures; and the lift, which
   cuts the same respondents at other places than the calibration does: who stands between two cuts
   would be known by subtraction. */
static const char *const individuals[] = {
    "study",     "unmatched", "ambiguous", "review", "dropped",    "behaviour", "items",
    "influence", "fitted",    "roc",       "lift",   "thresholds", NULL};
/* How many respondents, or customers, a row's figures rest on. */
static const char *const counts[] = {
    "n",   "n_obs", "n_other", "n_partial",    "n_without",           "start",
    "new", "end",   "active",  "one_purchase", SUPPRESS_CONTRIBUTING, NULL};
/* Cells that add up to a group, without a row of their sum. */
static const char *const parts[] = {"at", "bin", "reason", NULL};
/* Diagnostics that are a single row's. */
static const char *const of_one_row[] = {"max_cook", "max_leverage", NULL};

#define MARGIN "(all)"

/* The table's name without what saydo-report puts before it: "spend_models" is a "models". */
static bool is_table(const struct table *t, const char *name)
{
    const size_t n = strlen(t->id), m = strlen(name);
    return strcmp(t->id, name) == 0 ||
           (n > m && t->id[n - m - 1] == '_' && strcmp(t->id + n - m, name) == 0);
}

/* ---- one table ---- */

static double n_of(const struct frame *f, size_t row)
{
    static const char *const main_counts[] = {"n", "n_obs", NULL};
    for (size_t k = 0; main_counts[k]; k++) {
        const struct column *c = frame_column(f, main_counts[k]);
        if (c && !column_is_missing(c, row))
            return column_real(c, row);
    }
    return 0;
}

static double size_of(const struct frame *f, size_t row)
{
    double least = 0;
    for (size_t j = 0; j < f->n_cols; j++) {
        const double n =
            suppress_among(f->cols[j].name, counts) ? column_real(&f->cols[j], row) : NAN;
        if (n > 0 && (least == 0 || n < least))
            least = n;
    }
    return least;
}

/* A fit that comes so near to its rows that it tells them. */
static bool is_nearly_saturated(const struct frame *f, size_t row, double below)
{
    const struct column *df = frame_column(f, "df_residual"), *n = frame_column(f, "n_obs");
    return df && n && column_real(n, row) > 0 && column_real(df, row) < below;
}

static bool is_of_one_row(const struct frame *f, size_t row)
{
    const struct column *name = frame_column(f, "name");
    return name && suppress_is_text(name) && name->as.text[row] &&
           suppress_among(name->as.text[row], of_one_row);
}

/* Of a group that was left out before anything was computed. */
static bool is_marked(const struct column *status, size_t row)
{
    return status && suppress_is_text(status) && status->as.text[row] &&
           strcmp(status->as.text[row], STATUS_SUPPRESSED) == 0;
}

static void judge(struct judged *j, double below)
{
    const struct frame *f = j->frame;
    j->size = ARENA_NEW(j->keep, struct suppression_cell, f->n_rows);
    j->hit = ARENA_NEW(j->keep, bool, f->n_rows);
    j->shares = ARENA_NEW(j->keep, bool, f->n_rows);
    const struct column *status = frame_column(f, "status");
    for (size_t i = 0; i < f->n_rows; i++) {
        j->size[i] = (struct suppression_cell){n_of(f, i), size_of(f, i)};
        j->hit[i] = (j->size[i].least > 0 && j->size[i].least < below) || is_marked(status, i) ||
                    is_nearly_saturated(f, i, below) || is_of_one_row(f, i);
        j->any |= j->hit[i];
    }
}

/* What a row is of, in words, without one of its columns. */
static const char *identity(const struct frame *f, size_t row, const struct column *without,
                            struct arena *scratch)
{
    const char *text = "";
    for (size_t j = 0; j < f->n_cols; j++) {
        const struct column *c = &f->cols[j];
        if (c == without || !suppress_identifies(c))
            continue;
        const char *cell = suppress_is_text(c)
                               ? (c->as.text[row] ? c->as.text[row] : "")
                               : arena_printf(scratch, "%.17g", column_real(c, row));
        text = arena_printf(scratch, "%s%zu:%s", text, strlen(cell), cell);
    }
    return text;
}

/* ---- secondary suppression ---- */

static bool has_margin(const struct frame *f, const struct column *c)
{
    for (size_t i = 0; i < f->n_rows; i++)
        if (c->as.text[i] && strcmp(c->as.text[i], MARGIN) == 0)
            return true;
    return false;
}

/* Is the sum of the lines over a column known, by a row of it or from elsewhere? */
static bool adds_up(const struct frame *f, const struct column *c)
{
    if (!suppress_identifies(c) || strcmp(c->name, "item") == 0)
        return false;
    return suppress_among(c->name, parts) || (suppress_is_text(c) && has_margin(f, c));
}

static bool is_margin(const struct column *c, size_t row)
{
    return suppress_is_text(c) && c->as.text[row] && strcmp(c->as.text[row], MARGIN) == 0;
}

/* Of answers the mean and the standard deviation are told as well, or the mean of what was done and
   its slope: two hidden ones would follow from them. */
enum { OF_ANSWERS = 2 };

/* Lines of rows that differ in one column only, after the *n that there are. */
static void lines_over(const struct frame *f, const struct column *over,
                       struct suppression_line *line, size_t *n, struct arena *scratch)
{
    struct key_map *map = key_map_new(f->n_rows, scratch);
    uint32_t *of = ARENA_NEW(scratch, uint32_t, f->n_rows);
    uint32_t **to = ARENA_NEW(scratch, uint32_t *, f->n_rows);
    line += *n;
    for (size_t i = 0; i < f->n_rows; i++) {
        const char *others = identity(f, i, over, scratch);
        of[i] = key_map_add(map, others, strlen(others), NULL);
        line[of[i]].n += !is_margin(over, i);
    }
    for (size_t k = 0; k < key_map_count(map); k++) {
        line[k].cell = to[k] = ARENA_NEW(scratch, uint32_t, line[k].n);
        line[k].total = SUPPRESSION_ELSEWHERE;
        line[k].sums = strcmp(over->name, "at") == 0 ? OF_ANSWERS : 0;
    }
    for (size_t i = 0; i < f->n_rows; i++)
        if (is_margin(over, i))
            line[of[i]].total = (uint32_t)i;
        else
            *to[of[i]]++ = (uint32_t)i;
    *n += key_map_count(map);
}

static void hide_further(struct judged *j, double below)
{
    const struct frame *f = j->frame;
    struct arena *scratch = arena_new();
    struct suppression_line *line =
        ARENA_NEW(scratch, struct suppression_line, f->n_rows * f->n_cols);
    size_t n = 0;
    for (size_t k = 0; k < f->n_cols && j->any; k++)
        if (adds_up(f, &f->cols[k]))
            lines_over(f, &f->cols[k], line, &n, scratch);
    if (n)
        suppression_complete(j->size, f->n_rows, line, n, below, j->hit);
    arena_free(scratch);
}

/* ---- tables that say more of the same cells ---- */

/* What a row is of, as far as two tables both say it, but for `at`. */
static const char *common_identity(const struct frame *f, const struct frame *other, size_t row,
                                   bool curve, struct arena *scratch)
{
    const char *text = "";
    for (size_t j = 0; j < f->n_cols; j++) {
        const struct column *c = &f->cols[j];
        if (!suppress_is_text(c) || !suppress_identifies(c) || !frame_column(other, c->name) ||
            (!curve && strcmp(c->name, "curve") == 0))
            continue;
        const char *cell = c->as.text[row] ? c->as.text[row] : "";
        text = arena_printf(scratch, "%s%s=%zu:%s", text, c->name, strlen(cell), cell);
    }
    return text;
}

/* The rows of `to` that are of the same as a hidden row of `from`, of one curve or of all. */
static void spread(const struct judged *from, struct judged *to, const char *of_curve, bool shares)
{
    struct arena *scratch = arena_new();
    struct key_map *hidden = key_map_new(from->frame->n_rows, scratch);
    const struct column *curve = frame_column(to->frame, "curve");
    for (size_t i = 0; i < from->frame->n_rows; i++)
        if (from->hit[i]) {
            const char *id = common_identity(from->frame, to->frame, i, !of_curve, scratch);
            key_map_add(hidden, id, strlen(id), NULL);
        }
    for (size_t i = 0; i < to->frame->n_rows; i++) {
        const char *id = common_identity(to->frame, from->frame, i, !of_curve, scratch);
        if (key_map_find(hidden, id, strlen(id)) == KEY_MAP_NONE ||
            (of_curve && (!curve || strcmp(curve->as.text[i], of_curve) != 0)))
            continue;
        *(shares ? &to->shares[i] : &to->hit[i]) = true;
        to->any |= !shares;
    }
    arena_free(scratch);
}

static bool has_counts(const struct frame *f)
{
    for (size_t j = 0; j < f->n_cols; j++)
        if (suppress_among(f->cols[j].name, counts))
            return true;
    return false;
}

/* Of the models of one program, or of one part of saydo-report: of curves, or of regressions. */
static bool are_together(const struct table *a, const struct table *b, const char *of_a)
{
    const size_t n = strlen(a->id) - strlen(of_a);
    return strncmp(a->id, b->id, n) == 0 &&
           !frame_column(a->frame, "curve") == !frame_column(b->frame, "curve");
}

static void spread_from(struct judged *all, size_t n, const struct judged *from)
{
    for (size_t k = 0; k < n; k++) {
        struct judged *to = &all[k];
        if (to == from)
            continue;
        if (is_table(from->table, "distribution") && is_table(to->table, "scales"))
            spread(from, to, NULL, true);
        else if (is_table(from->table, "points") && frame_column(to->frame, "curve"))
            spread(from, to, "isotonic", false);
        else if (is_table(from->table, "models") && !has_counts(to->frame) &&
                 frame_column(to->frame, "estimate") &&
                 are_together(from->table, to->table, "models"))
            spread(from, to, NULL, false);
    }
}

static bool is_of_individuals(const struct table *t)
{
    for (size_t k = 0; individuals[k]; k++)
        if (is_table(t, individuals[k]))
            return true;
    return false;
}

static void leave_out(struct table *t, struct arena *keep)
{
    static const char word[] = "Not shown: its rows are single respondents' (--suppress-below).";
    const struct frame *f = t->frame;
    t->frame = frame_of_columns(f->name, f->cols, f->n_cols, 0, keep);
    t->note = word;
    t->check_r = t->check_spss = NULL;
}

/* ---- the match report ---- */

/* Customers who bought nothing are a cell; what became of files' rows is none. */
static void judge_matching(struct judged *j, double below)
{
    const struct frame *f = j->frame;
    const struct column *step = frame_column(f, "step"), *count = frame_column(f, "count"),
                        *share = frame_column(f, "share");
    for (size_t i = 0; i < f->n_rows; i++) {
        const double n = column_real(count, i), base = n / column_real(share, i);
        if (!strstr(step->as.text[i], "without a purchase") &&
            !strstr(step->as.text[i], "without a ledger line"))
            continue;
        j->hit[i] = (n > 0 && n < below) || (base - n > 0 && base - n < below);
        j->any |= j->hit[i];
    }
}

/* ---- charts ---- */

/* Which table's cells a chart draws, where it draws more than groups. */
static const char *const drawn[][2] = {{"distribution", "distribution"},
                                       {"retention", "retention"},
                                       {"curve", "points"},
                                       {"curve", "models"},
                                       {"match-funnel", "matching"},
                                       {"lift", "lift"},
                                       {"calibration", "calibration"}};

/* Is a word one of those that '-' parts in a chart's id?  saydo-report puts some before it. */
static bool is_chart(const struct chart *c, const char *word)
{
    const size_t n = strlen(word);
    for (const char *p = c->id; (p = strstr(p, word)); p += n)
        if ((p == c->id || p[-1] == '-') && (p[n] == '-' || p[n] == '\0'))
            return true;
    return false;
}

/* Are rows hidden here?  Charts do without the groups that were left out before. */
static bool hides_here(const struct judged *j)
{
    const struct column *status = frame_column(j->frame, "status");
    for (size_t i = 0; i < j->frame->n_rows; i++)
        if (j->hit[i] && !is_marked(status, i))
            return true;
    return false;
}

static bool is_told(const struct chart *c, const struct judged *all, size_t n)
{
    if (is_chart(c, "roc") || is_chart(c, "lift"))
        return false;
    for (size_t k = 0; k < sizeof drawn / sizeof *drawn; k++)
        for (size_t i = 0; i < n; i++)
            if (hides_here(&all[i]) && is_chart(c, drawn[k][0]) &&
                is_table(all[i].table, drawn[k][1]))
                return false;
    return true;
}

static size_t leave_out_charts(struct report *report, const struct judged *all, size_t n,
                               struct arena *keep)
{
    struct chart *charts = ARENA_NEW(keep, struct chart, report->n_charts);
    size_t left = 0;
    for (size_t i = 0; i < report->n_charts; i++)
        if (is_told(&report->charts[i], all, n))
            charts[left++] = report->charts[i];
    const size_t out = report->n_charts - left;
    report->charts = charts;
    report->n_charts = left;
    return out;
}

/* ---- the whole ---- */

static size_t rows_not_told(const struct judged *j)
{
    size_t n = 0;
    for (size_t i = 0; i < j->frame->n_rows; i++)
        n += j->hit[i];
    return n;
}

static void tell(struct report *report, const struct judged *all, size_t n, size_t n_charts,
                 const char *persons, double below, struct arena *keep)
{
    size_t rows = 0, tables = 0;
    for (size_t i = 0; i < n; i++) {
        const size_t of_table = rows_not_told(&all[i]);
        rows += of_table;
        tables += of_table > 0;
    }
    const char **lines = ARENA_NEW(keep, const char *, report->n_lines + 2);
    if (report->n_lines)
        memcpy(lines, report->lines, report->n_lines * sizeof *lines);
    if (rows || n_charts)
        lines[report->n_lines++] = arena_printf(
            keep,
            "Suppressed: %zu row%s of %zu table%s and %zu chart%s, since they rest on fewer than "
            "%.0f respondents, or would give such cells away by subtraction.",
            rows, rows == 1 ? "" : "s", tables, tables == 1 ? "" : "s", n_charts,
            n_charts == 1 ? "" : "s", below);
    if (*persons)
        lines[report->n_lines++] =
            arena_printf(keep, "Not shown, since their rows are single respondents': %s.", persons);
    report->lines = lines;
}

void suppress_below(struct report *report, double below, struct arena *keep)
{
    const size_t n = report->n_tables;
    const char *persons = "";
    struct table *tables = arena_copy(keep, report->tables, n, sizeof *tables);
    struct judged *all = ARENA_NEW(keep, struct judged, n);
    for (size_t i = 0; i < n; i++) {
        if (is_of_individuals(&tables[i]) && tables[i].frame->n_rows) {
            persons = arena_printf(keep, "%s%s%s", persons, *persons ? ", " : "", tables[i].id);
            leave_out(&tables[i], keep);
        }
        all[i] = (struct judged){.table = &tables[i], .frame = tables[i].frame, .keep = keep};
        judge(&all[i], below);
        if (strcmp(tables[i].id, "matching") == 0)
            judge_matching(&all[i], below);
        hide_further(&all[i], below);
    }
    for (size_t i = 0; i < n; i++)
        if (all[i].any)
            spread_from(all, n, &all[i]);
    for (size_t i = 0; i < n; i++)
        tables[i].frame = suppress_left(&all[i], below);
    report->tables = tables;
    const size_t charts = leave_out_charts(report, all, n, keep);
    tell(report, all, n, charts, persons, below, keep);
}
