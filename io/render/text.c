/* SPDX-License-Identifier: GPL-3.0-or-later
   A report for a terminal: aligned columns, rounded as people read them. */
#include <math.h>
#include <string.h>

#include <utf8proc.h>

#include "io/parse.h"
#include "io/report.h"

enum { SHOWN_ROWS = 30, WIDEST_CELL = 40 };

/* Width on a terminal, in cells. */
static size_t text_width(const char *text)
{
    size_t width = 0;
    utf8proc_int32_t c;
    for (const utf8proc_uint8_t *p = (const utf8proc_uint8_t *)text; *p;) {
        utf8proc_ssize_t n = utf8proc_iterate(p, -1, &c);
        p += n > 0 ? n : 1;
        width += n > 0 ? (size_t)utf8proc_charwidth(c) : 1;
    }
    return width;
}

static const char *p_value_text(double p, char *buffer, size_t size)
{
    if (p < 0.001)
        return "<.001";
    snprintf(buffer, size, "%.3f", p);
    return buffer;
}

/* Six significant digits, without an exponent where a person would write none. */
static const char *plain_text(double x, char *buffer, size_t size)
{
    double a = fabs(x);
    if (a == floor(a) && a < 1e15)
        snprintf(buffer, size, "%.0f", x);
    else if (a >= 1e5 && a < 1e15)
        snprintf(buffer, size, "%.1f", x);
    else
        snprintf(buffer, size, "%.5g", x);
    return buffer;
}

static const char *real_shown(double x, enum quantity quantity, char *buffer, size_t size)
{
    static const int digits[] = {
#define X(code, word, after_point) after_point,
        QUANTITY_LIST(X)
#undef X
    };
    if (quantity == QUANTITY_P_VALUE)
        return p_value_text(x, buffer, size);
    if (digits[quantity] < 0)
        return plain_text(x, buffer, size);
    snprintf(buffer, size, "%.*f", digits[quantity], x == 0 ? 0.0 : x);
    return buffer;
}

/* A cell as shown; control characters (a user's) become '?'. */
static void cell_text(const struct column *c, size_t row, char *buffer, size_t size)
{
    char number[64];
    const char *text = "";
    if (column_is_missing(c, row))
        text = c->type == COLUMN_TEXT ? "" : ".";
    else if (c->type == COLUMN_REAL)
        text = real_shown(c->as.real[row], c->quantity, number, sizeof number);
    else if (c->type == COLUMN_WHOLE)
        snprintf(number, sizeof number, "%lld", (long long)c->as.whole[row]), text = number;
    else if (c->type == COLUMN_DAY)
        text = day_text(c->as.day[row], number);
    else
        text = c->type == COLUMN_FACTOR ? c->levels->name[c->as.level[row]] : c->as.text[row];
    size_t n = 0;
    for (; text[n] && n + 1 < size; n++)
        buffer[n] = (unsigned char)text[n] < 0x20 || text[n] == 0x7f ? '?' : text[n];
    while (text[n] && n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80)
        n--;
    buffer[n] = '\0';
}

static bool to_the_right(const struct column *c)
{
    return c->type == COLUMN_REAL || c->type == COLUMN_WHOLE;
}

static void put_padded(const char *text, size_t width, bool right, FILE *out)
{
    size_t have = text_width(text);
    size_t pad = have < width ? width - have : 0;
    if (right)
        fprintf(out, "%*s%s", (int)pad, "", text);
    else
        fprintf(out, "%s%*s", text, (int)pad, "");
}

static void put_line(const struct frame *f, const size_t width[], size_t row, bool heading,
                     FILE *out)
{
    char cell[WIDEST_CELL * 4];
    for (size_t j = 0; j < f->n_cols; j++) {
        if (heading)
            snprintf(cell, sizeof cell, "%s", f->cols[j].name);
        else
            cell_text(&f->cols[j], row, cell, sizeof cell);
        fputs(j ? "  " : "", out);
        if (j + 1 == f->n_cols && !to_the_right(&f->cols[j]))
            fputs(cell, out);
        else
            put_padded(cell, width[j], to_the_right(&f->cols[j]), out);
    }
    putc('\n', out);
}

static void put_rule(const struct frame *f, const size_t width[], FILE *out)
{
    size_t total = f->n_cols ? 2 * (f->n_cols - 1) : 0;
    for (size_t j = 0; j < f->n_cols; j++)
        total += width[j];
    for (size_t k = 0; k < total; k++)
        fputs("\u2500", out);
    putc('\n', out);
}

static void put_table(const struct table *t, bool all, FILE *out)
{
    const struct frame *f = t->frame;
    size_t shown = all || f->n_rows <= SHOWN_ROWS + 5 ? f->n_rows : SHOWN_ROWS;
    struct arena *scratch = arena_new();
    size_t *width = ARENA_NEW(scratch, size_t, f->n_cols);
    char cell[WIDEST_CELL * 4];
    for (size_t j = 0; j < f->n_cols; j++) {
        width[j] = text_width(f->cols[j].name);
        for (size_t i = 0; i < shown; i++) {
            cell_text(&f->cols[j], i, cell, sizeof cell);
            size_t w = text_width(cell);
            width[j] = w > width[j] ? w : width[j];
        }
    }
    fprintf(out, "%s  [%s]\n", t->title, t->id);
    put_line(f, width, 0, true, out);
    put_rule(f, width, out);
    for (size_t i = 0; i < shown; i++)
        put_line(f, width, i, false, out);
    if (shown < f->n_rows)
        fprintf(out, "... %zu more rows: --table=%s --format=csv gives all of them\n",
                f->n_rows - shown, t->id);
    if (t->note)
        fprintf(out, "Note. %s\n", t->note);
    arena_free(scratch);
}

static bool render(const struct report *report, const struct render_options *options, FILE *out,
                   struct err *err)
{
    (void)err;
    if (!options->table) {
        if (report->title)
            fprintf(out, "%s\n\n", report->title);
        for (size_t i = 0; i < report->n_lines; i++)
            fprintf(out, "%s\n", report->lines[i]);
        if (report->n_lines && report->n_tables)
            putc('\n', out);
    }
    bool first = true;
    for (size_t i = 0; i < report->n_tables; i++) {
        if (options->table && report_table(report, options->table) != &report->tables[i])
            continue;
        fputs(first ? "" : "\n", out);
        put_table(&report->tables[i], options->table != NULL, out);
        first = false;
    }
    return true;
}

const struct renderer renderer_text = {
    .name = "text",
    .extension = "txt",
    .render = render,
};
