/* SPDX-License-Identifier: GPL-3.0-or-later
   A whole file as a frame is what the reader of records makes of it, whatever the bytes. */
#include <stdio.h>
#include <stdlib.h>

#include "models/base/rng.h"
#include "tests/check.h"
#include "tests/csv_text.h"

/* Pieces of which files are made; rare ones are wrong. */
static const char *const usual[] = {"1",
                                    ",",
                                    ",",
                                    "\n",
                                    "2.5",
                                    "a",
                                    "\r\n",
                                    "\"x\"",
                                    "\"\"",
                                    "\"a,b\"",
                                    "\"say \"\"so\"\"\"",
                                    "\"two\nlines\"",
                                    "",
                                    "\xc3\xa9"};
static const char *const rare[] = {"\"",   "\r",   "x\"y",       "\"x\"y",
                                   "\xff", "\n\n", "\"\r\n\r\"", ",,,,"};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* A record of `fields` fields as a rule, or anything. */
static void add_record(gsl_rng *rng, FILE *out, size_t fields, double odd)
{
    for (size_t j = 0; j < fields; j++) {
        const char *piece = gsl_rng_uniform(rng) < odd ? rare[rng_below(rng, COUNT(rare))]
                                                       : usual[rng_below(rng, COUNT(usual))];
        bool separator = piece[0] == ',' || piece[0] == '\n' || piece[0] == '\r';
        fprintf(out, "%s%s", separator && gsl_rng_uniform(rng) >= odd ? "7" : piece,
                j + 1 < fields ? "," : "");
    }
    fputs(rng_below(rng, 4) ? "\n" : "\r\n", out);
    if (rng_below(rng, 6) == 0)
        putc('\n', out);
}

static void any_file(void **state)
{
    (void)state;
    static const char *const header[] = {"a\n", "a,b\n", "a,b,c\r\n", "a,b,c,\n"};
    struct arena *keep = arena_new();
    gsl_rng *rng = rng_stream(20251122, 1, keep);
    for (size_t k = 0; k < 6000; k++) {
        struct arena *scratch = arena_new();
        size_t fields = 1 + rng_below(rng, 4), records = rng_below(rng, 12), n;
        char *text = NULL;
        FILE *out = open_memstream(&text, &n);
        fputs(header[fields - 1], out);
        for (size_t i = 0; i < records; i++)
            add_record(rng, out, fields, k % 3 ? 0 : 0.05);
        fclose(out);
        n -= records > 0 && rng_below(rng, 3) == 0;
        if (k % 50 == 0 && n > 8)
            text[n / 2] = '\0';
        const char *differs = csv_frame_differs(text, n, NULL, scratch);
        if (differs)
            fail_msg("case %zu: %s", k, differs);
        free(text);
        arena_free(scratch);
    }
    arena_free(keep);
}

/* Windows of the scanner end anywhere: a file of many, and then one whose last record is wrong. */
static void a_long_file(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    for (int wrong = 0; wrong < 2; wrong++) {
        size_t n;
        char *text = NULL;
        FILE *out = open_memstream(&text, &n);
        fputs("a,b,c\n", out);
        for (size_t i = 0; i < 20000; i++)
            fprintf(out, "%zu,%s,%zu%s", i, i % 3 ? "x" : "\"y \"\"z\"\",\n\"", i % 7,
                    i % 5 ? "\n" : "\r\n");
        fputs(wrong ? "1,2\n" : "", out);
        fclose(out);
        assert_null(csv_frame_differs(text, n, NULL, keep));
        free(text);
    }
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(any_file), cmocka_unit_test(a_long_file)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
