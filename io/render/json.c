/* SPDX-License-Identifier: GPL-3.0-or-later
   A report as JSON.  Strings are escaped by jansson; numbers are the shortest text
   that reads back equal, which jansson's own real numbers are not. */
#include <jansson.h>
#include <math.h>

#include "io/report.h"
#include "io/text/parse.h"

static void put_string(const char *text, FILE *out)
{
    json_t *s = text ? json_string(text) : json_null();
    if (!s) /* not UTF-8: only possible for bytes that no reader lets in */
        s = json_string("(not UTF-8)");
    json_dumpf(s, out, JSON_ENCODE_ANY);
    json_decref(s);
}

static void put_real(double x, FILE *out)
{
    char buffer[32];
    fputs(isfinite(x) ? real_text(x, buffer) : "null", out);
}

static void put_cell(const struct column *c, size_t row, FILE *out)
{
    char buffer[16];
    if (column_is_missing(c, row)) {
        fputs("null", out);
        return;
    }
    switch (c->type) {
    case COLUMN_REAL:
        put_real(c->as.real[row], out);
        break;
    case COLUMN_WHOLE:
        fprintf(out, "%lld", (long long)c->as.whole[row]);
        break;
    case COLUMN_DAY:
        fprintf(out, "\"%s\"", day_text(c->as.day[row], buffer));
        break;
    case COLUMN_FACTOR:
        put_string(c->levels->name[c->as.level[row]], out);
        break;
    case COLUMN_TEXT:
        put_string(c->as.text[row], out);
        break;
    }
}

static void put_columns(const struct frame *f, FILE *out)
{
    fputs("      \"columns\": [", out);
    for (size_t j = 0; j < f->n_cols; j++) {
        fprintf(out, "%s\n        {\"name\": ", j ? "," : "");
        put_string(f->cols[j].name, out);
        fputs(", \"label\": ", out);
        put_string(f->cols[j].label, out);
        fputs(", \"unit\": ", out);
        put_string(f->cols[j].unit, out);
        putc('}', out);
    }
    fputs("],\n", out);
}

static void put_rows(const struct frame *f, FILE *out)
{
    fputs("      \"rows\": [", out);
    for (size_t i = 0; i < f->n_rows; i++) {
        fprintf(out, "%s\n        {", i ? "," : "");
        for (size_t j = 0; j < f->n_cols; j++) {
            if (j)
                fputs(", ", out);
            put_string(f->cols[j].name, out);
            fputs(": ", out);
            put_cell(&f->cols[j], i, out);
        }
        putc('}', out);
    }
    fputs("]\n", out);
}

static void put_table(const struct table *t, FILE *out)
{
    fputs("    ", out);
    put_string(t->id, out);
    fputs(": {\n      \"title\": ", out);
    put_string(t->title, out);
    fputs(",\n      \"note\": ", out);
    put_string(t->note, out);
    fputs(",\n", out);
    put_columns(t->frame, out);
    put_rows(t->frame, out);
    fputs("    }", out);
}

static void put_strings(const char *name, const char *const *text, size_t n, FILE *out)
{
    fprintf(out, "  \"%s\": [", name);
    for (size_t i = 0; i < n; i++) {
        fprintf(out, "%s\n    ", i ? "," : "");
        put_string(text[i], out);
    }
    fputs("],\n", out);
}

static bool render(const struct report *report, const struct render_options *options, FILE *out,
                   struct err *err)
{
    (void)err;
    bool first = true;
    fputs("{\n  \"title\": ", out);
    put_string(report->title, out);
    fputs(",\n", out);
    put_strings("lines", report->lines, report->n_lines, out);
    put_strings("warnings", report->warnings, report->n_warnings, out);
    fputs("  \"tables\": {\n", out);
    for (size_t i = 0; i < report->n_tables; i++) {
        if (options->table && report_table(report, options->table) != &report->tables[i])
            continue;
        fputs(first ? "" : ",\n", out);
        put_table(&report->tables[i], out);
        first = false;
    }
    fputs("\n  }\n}\n", out);
    return true;
}

const struct renderer renderer_json = {
    .name = "json",
    .extension = "json",
    .render = render,
};
