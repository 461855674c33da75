/* SPDX-License-Identifier: GPL-3.0-or-later
   A report for a terminal: aligned columns, rounded as people read them. */
#include <math.h>
#include <string.h>

#include <utf8proc.h>

#include "io/report.h"
#include "io/text/glyph.h"
#include "io/text/parse.h"

enum { SHOWN_ROWS = 30, MOST_BYTES = 159 };

#define HEADINGS SIZE_MAX

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

/* The longest start of at most `most` bytes, never cut inside a character. */
static const char *cut(const char *text, size_t most, struct arena *scratch)
{
    size_t n = strlen(text);
    if (n <= most)
        return text;
    for (n = most; n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80;)
        n--;
    return arena_strndup(scratch, text, n);
}

/* A cell as shown; control characters (a user's) become '?'. */
static const char *cell_text(const struct column *c, size_t row, struct arena *scratch)
{
    char number[64];
    if (column_is_missing(c, row))
        return c->type == COLUMN_TEXT ? "" : ".";
    switch (c->type) {
    case COLUMN_REAL:
        return arena_strdup(scratch,
                            real_shown(c->as.real[row], c->quantity, number, sizeof number));
    case COLUMN_WHOLE:
        return arena_printf(scratch, "%lld", (long long)c->as.whole[row]);
    case COLUMN_DAY:
        return arena_strdup(scratch, day_text(c->as.day[row], number));
    case COLUMN_FACTOR:
        return cut(text_shown(c->levels->name[c->as.level[row]], scratch), MOST_BYTES, scratch);
    case COLUMN_TEXT:
        return cut(text_shown(c->as.text[row], scratch), MOST_BYTES, scratch);
    }
    return "";
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

static const char *heading(const struct column *c, struct arena *scratch)
{
    return cut(text_shown(c->name, scratch), MOST_BYTES, scratch);
}

/* Row `row`, or the headings where it is HEADINGS. */
static void put_line(const struct frame *f, const size_t width[], size_t row, FILE *out)
{
    struct arena *scratch = arena_new();
    for (size_t j = 0; j < f->n_cols; j++) {
        const struct column *c = &f->cols[j];
        const char *cell = row == HEADINGS ? heading(c, scratch) : cell_text(c, row, scratch);
        fputs(j ? "  " : "", out);
        if (j + 1 == f->n_cols && !to_the_right(c))
            fputs(cell, out);
        else
            put_padded(cell, width[j], to_the_right(c), out);
    }
    putc('\n', out);
    arena_free(scratch);
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
    struct arena *cell = arena_new();
    for (size_t j = 0; j < f->n_cols; j++) {
        width[j] = text_width(heading(&f->cols[j], scratch));
        for (size_t i = 0; i < shown; i++, arena_reset(cell)) {
            size_t w = text_width(cell_text(&f->cols[j], i, cell));
            width[j] = w > width[j] ? w : width[j];
        }
    }
    fprintf(out, "%s  [%s]\n", text_shown(t->title, scratch), t->id);
    put_line(f, width, HEADINGS, out);
    put_rule(f, width, out);
    for (size_t i = 0; i < shown; i++)
        put_line(f, width, i, out);
    if (shown < f->n_rows)
        fprintf(out, "... %zu more rows: --table=%s --format=csv gives all of them\n",
                f->n_rows - shown, t->id);
    if (t->note)
        fprintf(out, "Note. %s\n", text_shown(t->note, scratch));
    arena_free(cell);
    arena_free(scratch);
}

/* The title, and what was found in sentences. */
static void put_sentences(const struct report *report, FILE *out)
{
    struct arena *scratch = arena_new();
    if (report->title)
        fprintf(out, "%s\n\n", text_shown(report->title, scratch));
    for (size_t i = 0; i < report->n_lines; i++)
        fprintf(out, "%s\n", text_shown(report->lines[i], scratch));
    if (report->n_lines && report->n_tables)
        putc('\n', out);
    arena_free(scratch);
}

/* "Further tables: details, best. ..." */
static void put_others(const struct report *report, FILE *out)
{
    size_t n = 0;
    for (size_t i = 0; i < report->n_tables; i++)
        if (report->tables[i].aside)
            fprintf(out, "%s%s",
                    n++ ? ", " : "\nFurther tables, by --table=NAME: ", report->tables[i].id);
    if (n)
        putc('\n', out);
}

static bool render(const struct report *report, const struct render_options *options, FILE *out,
                   struct err *err)
{
    (void)err;
    if (!options->table)
        put_sentences(report, out);
    bool first = true;
    for (size_t i = 0; i < report->n_tables; i++) {
        if (options->table && report_table(report, options->table) != &report->tables[i])
            continue;
        if (!options->table && report->tables[i].aside)
            continue;
        fputs(first ? "" : "\n", out);
        put_table(&report->tables[i], options->table != NULL, out);
        first = false;
    }
    if (!options->table)
        put_others(report, out);
    return true;
}

const struct renderer renderer_text = {
    .name = "text",
    .extension = "txt",
    .render = render,
};
