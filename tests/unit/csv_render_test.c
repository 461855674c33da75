/* SPDX-License-Identifier: GPL-3.0-or-later
   A table as CSV, held to a writer that takes one cell after the other; in blocks, by
   several threads, and onto a disk that is full. */
#include "tests/check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/report.h"
#include "io/text/parse.h"
#include "models/base/rng.h"

static const char *const texts[] = {
    "",     "plain", "a,b",  "say \"hi\"", "\"",  " before", "after ", "two\nlines", "c\rr",
    "=1+1", "+49",   "-5",   "@x",         "\tx", "\r",      "ü€",     " ",          "a b",
    "a=b",  NULL,    "x\ty", "''",         ",",   "=\"a\"",  "0",      "1e5",        "\n"};

enum { N_TEXTS = sizeof texts / sizeof *texts };

static const struct levels levels = {3, (const char *const[]){"low", "=mid,", "high "}, NULL};

static double any_real(gsl_rng *rng)
{
    static const double some[] = {0, -0.0, NAN, INFINITY, -INFINITY, 1e16, 1e-5, 0.1, -2.5, 5e-324};
    const uint64_t k = rng_below(rng, 30);
    if (k < 10)
        return some[k];
    return k < 20 ? (double)rng_below(rng, 1000000) / 100 : (double)rng_below(rng, 99999) / 7 - 500;
}

static const struct frame *any_frame(size_t n, struct arena *keep)
{
    gsl_rng *rng = rng_stream(5, n, keep);
    double *real = ARENA_NEW(keep, double, n);
    int64_t *whole = ARENA_NEW(keep, int64_t, n);
    int32_t *day = ARENA_NEW(keep, int32_t, n), *level = ARENA_NEW(keep, int32_t, n);
    const char **text = ARENA_NEW(keep, const char *, n);
    for (size_t i = 0; i < n; i++) {
        real[i] = any_real(rng);
        whole[i] = rng_below(rng, 9) ? (int64_t)rng_below(rng, 100000) - 500 : WHOLE_MISSING;
        day[i] = rng_below(rng, 9) ? (int32_t)rng_below(rng, 4000000) - 800000 : DAY_MISSING;
        level[i] = (int32_t)rng_below(rng, 4) - 1;
        text[i] = texts[rng_below(rng, N_TEXTS)];
        if (rng_below(rng, 3000) == 0)
            text[i] = memset(arena_alloc(keep, 70001, 1), '"', 70000);
    }
    const struct column cols[] = {
        {.name = "key, of all", .type = COLUMN_TEXT, .as.text = text},
        {.name = "whole", .type = COLUMN_WHOLE, .as.whole = whole},
        {.name = "level", .type = COLUMN_FACTOR, .levels = &levels, .as.level = level},
        {.name = "real", .type = COLUMN_REAL, .as.real = real},
        {.name = "day", .type = COLUMN_DAY, .as.day = day},
    };
    return frame_of_columns("any", cols, 5, n, keep);
}

static void plain_text(const char *text, bool excel_safe, FILE *out)
{
    const bool guard = excel_safe && *text && strchr("=+-@\t\r", *text);
    const size_t n = strlen(text);
    if (!guard && !strpbrk(text, ",\"\r\n") && (n == 0 || (*text != ' ' && text[n - 1] != ' '))) {
        fputs(text, out);
        return;
    }
    fprintf(out, "\"%s", guard ? "'" : "");
    for (; *text; text++)
        fprintf(out, "%s%c", *text == '"' ? "\"" : "", *text);
    putc('"', out);
}

static void plain_cell(const struct column *c, size_t row, bool excel_safe, FILE *out)
{
    char buffer[32];
    if (column_is_missing(c, row))
        return;
    if (c->type == COLUMN_REAL)
        fputs(real_text(c->as.real[row], buffer), out);
    else if (c->type == COLUMN_WHOLE)
        fprintf(out, "%lld", (long long)c->as.whole[row]);
    else if (c->type == COLUMN_DAY)
        fputs(day_text(c->as.day[row], buffer), out);
    else
        plain_text(c->type == COLUMN_TEXT ? c->as.text[row] : c->levels->name[c->as.level[row]],
                   excel_safe, out);
}

static void plain_frame(const struct frame *f, bool excel_safe, FILE *out)
{
    for (size_t j = 0; j < f->n_cols; j++) {
        fputs(j ? "," : "", out);
        plain_text(f->cols[j].name, excel_safe, out);
    }
    for (size_t i = 0; i < f->n_rows; i++) {
        fputs("\n", out);
        for (size_t j = 0; j < f->n_cols; j++) {
            fputs(j ? "," : "", out);
            plain_cell(&f->cols[j], i, excel_safe, out);
        }
    }
    fputs("\n", out);
}

static bool render(const struct frame *f, size_t n_threads, bool excel_safe, FILE *out)
{
    const struct table table = {.id = "any", .frame = f};
    const struct report report = {.n_tables = 1, .tables = &table};
    const struct render_options options = {.excel_safe = excel_safe, .n_threads = n_threads};
    struct err err = {0};
    return renderer_csv.render(&report, &options, out, &err);
}

static void the_same_bytes_for_any_number_of_threads(void **state)
{
    (void)state;
    static const size_t rows[] = {0, 1, 2047, 2048, 2049, 4096, 20000};
    static const size_t threads[] = {1, 2, 7, 0};
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++)
        for (int safe = 0; safe <= 1; safe++) {
            struct arena *keep = arena_new();
            const struct frame *f = any_frame(rows[r], keep);
            char *want, *got;
            size_t n_want, n_got;
            FILE *out = open_memstream(&want, &n_want);
            plain_frame(f, safe, out);
            fclose(out);
            for (size_t t = 0; t < sizeof threads / sizeof *threads; t++) {
                out = open_memstream(&got, &n_got);
                assert_true(render(f, threads[t], safe, out));
                fclose(out);
                assert_int_equal(n_got, n_want);
                assert_memory_equal(got, want, n_want);
                free(got);
            }
            free(want);
            arena_free(keep);
        }
}

static void a_full_disk_shows_in_the_stream(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct frame *f = any_frame(20000, keep);
    for (size_t threads = 1; threads <= 3; threads += 2) {
        FILE *out = fopen("/dev/full", "w");
        assert_non_null(out);
        render(f, threads, false, out);
        assert_true(ferror(out));
        fclose(out);
    }
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_bytes_for_any_number_of_threads),
        cmocka_unit_test(a_full_disk_shows_in_the_stream),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
