/* SPDX-License-Identifier: GPL-3.0-or-later
   One table as RFC 4180 CSV: UTF-8, LF, '.' decimals, ISO dates, missing empty. */
#include <string.h>

#include "io/parse.h"
#include "io/report.h"

static void put_text(const char *text, bool excel_safe, FILE *out)
{
    bool guard = excel_safe && strchr("=+-@\t\r", text[0]) && text[0];
    if (!guard && !strpbrk(text, ",\"\r\n") && text[0] != ' ' &&
        (!text[0] || text[strlen(text) - 1] != ' ')) {
        fputs(text, out);
        return;
    }
    putc('"', out);
    if (guard)
        putc('\'', out);
    for (const char *p = text; *p; p++) {
        if (*p == '"')
            putc('"', out);
        putc(*p, out);
    }
    putc('"', out);
}

static void put_whole(int64_t value, FILE *out)
{
    char digits[24];
    size_t at = sizeof digits;
    uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do
        digits[--at] = (char)('0' + left % 10);
    while ((left /= 10) > 0);
    if (value < 0)
        digits[--at] = '-';
    fwrite(digits + at, 1, sizeof digits - at, out);
}

static void put_cell(const struct column *c, size_t row, bool excel_safe, FILE *out)
{
    char buffer[32];
    if (column_is_missing(c, row))
        return;
    switch (c->type) {
    case COLUMN_REAL:
        fputs(real_text(c->as.real[row], buffer), out);
        break;
    case COLUMN_WHOLE:
        put_whole(c->as.whole[row], out);
        break;
    case COLUMN_DAY:
        fputs(day_text(c->as.day[row], buffer), out);
        break;
    case COLUMN_FACTOR:
        put_text(c->levels->name[c->as.level[row]], excel_safe, out);
        break;
    case COLUMN_TEXT:
        put_text(c->as.text[row], excel_safe, out);
        break;
    }
}

static void put_frame(const struct frame *f, bool excel_safe, FILE *out)
{
    for (size_t j = 0; j < f->n_cols; j++) {
        if (j)
            putc(',', out);
        put_text(f->cols[j].name, excel_safe, out);
    }
    putc('\n', out);
    for (size_t i = 0; i < f->n_rows; i++) {
        for (size_t j = 0; j < f->n_cols; j++) {
            if (j)
                putc(',', out);
            put_cell(&f->cols[j], i, excel_safe, out);
        }
        putc('\n', out);
    }
}

static bool render(const struct report *report, const struct render_options *options, FILE *out,
                   struct err *err)
{
    const struct table *t = options->table     ? report_table(report, options->table)
                            : report->n_tables ? &report->tables[0]
                                               : NULL;
    if (!t)
        return err_set(err, ERR_USAGE, "there is no table to write as CSV");
    put_frame(t->frame, options->excel_safe, out);
    return true;
}

const struct renderer renderer_csv = {
    .name = "csv",
    .extension = "csv",
    .render = render,
};
