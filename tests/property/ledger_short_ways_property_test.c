/* SPDX-License-Identifier: GPL-3.0-or-later
   The short ways of a ledger's dates, amounts and lines give what the plain ways give. */
#include "tests/check.h"

#include <string.h>
#include <unistd.h>

#include "io/ledger/cell.h"
#include "io/ledger/internal.h"
#include "models/base/rng.h"
#include "tests/ledger_case.h"

/* ---- dates ---- */

static void check_date(struct date_cell *d, const char *text, size_t n)
{
    int32_t got = 0, want = 0;
    const bool is_date = parse_date(text, n, d->format, &want);
    for (int again = 0; again < 2; again++) { /* the second is the last one read */
        if (cell_date((struct slice){text, (uint32_t)n}, d, &got) != is_date ||
            (is_date && got != want))
            fail_msg("'%.*s' by %s: %d, want %d", (int)n, text, d->format, got, want);
    }
    if (is_date) {
        const size_t bit = (size_t)(want - LEDGER_FIRST_DAY);
        assert_true(d->seen[bit / 64] >> bit % 64 & 1);
    }
}

static const char *const date_formats[] = {
    "%Y-%m-%d",   "%d.%m.%Y",       "%m/%d/%Y", "%Y%m%d",    "%F",        "%d-%b-%Y",  "%d.%m.%y",
    "(%d/%m/%Y)", "%Y-%m-%d %H:%M", "%Y%%%m%d", "%Y-%m-%d1", "%Y-%m-0%d", "d%dm%mY%Y", "%T %F"};

static const char *written(const char *format, int32_t day, struct arena *keep)
{
    const char *text = "";
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int year, month, of_month;
    civil_from_day(day, &year, &month, &of_month);
    for (const char *f = format; *f; f++) {
        const char c = *f == '%' ? *++f : '\0';
        text = c == 'Y'   ? arena_printf(keep, "%s%04d", text, year)
               : c == 'y' ? arena_printf(keep, "%s%02d", text, year % 100)
               : c == 'm' ? arena_printf(keep, "%s%02d", text, month)
               : c == 'd' ? arena_printf(keep, "%s%02d", text, of_month)
               : c == 'b' ? arena_printf(keep, "%s%s", text, months[month - 1])
               : c == 'F' ? arena_printf(keep, "%s%04d-%02d-%02d", text, year, month, of_month)
               : c == 'T' ? arena_printf(keep, "%s12:30:59", text)
               : c == 'H' || c == 'M' ? arena_printf(keep, "%s12", text)
                                      : arena_printf(keep, "%s%c", text, *f);
    }
    return text;
}

/* Days from 1890 to 2110, in every format, as they stand and with a byte changed, one
   too few and one too many. */
static void dates(void **unused)
{
    (void)unused;
    struct arena *keep = arena_new(), *scratch = arena_new();
    gsl_rng *rng = rng_stream(20250301, 0, keep);
    struct date_cell *d = ARENA_NEW(keep, struct date_cell, 1);
    static const char bytes[] = "0123456789:./- %dAa\x80\xff";
    for (size_t i = 0; i < sizeof date_formats / sizeof date_formats[0]; i++) {
        date_cell_start(d, date_formats[i], ARENA_NEW(keep, uint64_t, LEDGER_DAY_WORDS));
        for (int32_t day = -29220; day < 51134; day += 1 + (int32_t)rng_below(rng, 40)) {
            const char *text = written(date_formats[i], day, scratch);
            const size_t n = strlen(text);
            check_date(d, text, n);
            check_date(d, text, n - 1);
            check_date(d, arena_printf(scratch, "%s0", text), n + 1);
            char *changed = arena_strdup(scratch, text);
            changed[rng_below(rng, n)] = bytes[rng_below(rng, sizeof bytes - 1)];
            check_date(d, changed, n);
            arena_reset(scratch);
        }
    }
    date_cell_start(d, "%Y-%m-%d", ARENA_NEW(keep, uint64_t, LEDGER_DAY_WORDS));
    for (int32_t day = -29220; day < 51134; day++) {
        const char *text = written("%Y-%m-%d", day, scratch);
        check_date(d, text, strlen(text));
        arena_reset(scratch);
    }
    check_date(d, "2025-01-31", 10);
    check_date(d, "2025-01-25-01-31", 16); /* with the same ends */
    check_date(d, "2023-02-29", 10);
    check_date(d, "1900-02-29", 10);
    check_date(d, "2000-02-29", 10);
    check_date(d, "2024-00-10", 10);
    check_date(d, "2024-10-00", 10);
    arena_free(keep);
    arena_free(scratch);
}

/* ---- amounts ---- */

static void check_money(const char *text, size_t n, const struct money_format *f)
{
    int64_t got = 0, want = 0;
    struct money_mark mark;
    const bool is_money = parse_money_marked(text, n, f, &want, &mark) && !mark.text[0];
    if (cell_money((struct slice){text, (uint32_t)n}, f, &got) != is_money ||
        (is_money && got != want))
        fail_msg("'%.*s', mark %c, sign %d, %d decimals: %lld, want %lld (%d)", (int)n, text,
                 f->decimal, (int)f->sign, f->decimals, (long long)got, (long long)want, is_money);
}

/* Texts of few kinds of bytes are often amounts.  Those with a glyph are left to who looks
   whether it is the same on all lines. */
static void amounts(void **unused)
{
    (void)unused;
    static const char bytes[] = "0123456789012345678901234567890.,..,,--+() 9/:$";
    static const char *const fixed[] = {"",
                                        "-",
                                        ".",
                                        "-.",
                                        "1.",
                                        "-1.",
                                        ".5",
                                        "-.50",
                                        "9223372036854775807",
                                        "92233720368547758.07",
                                        "92233720368547758.08",
                                        "0.00",
                                        "-0.00",
                                        "00000000.00",
                                        "999999999999999999",
                                        "-99999.99",
                                        "1.2.3"};
    struct arena *keep = arena_new();
    gsl_rng *rng = rng_stream(20250301, 1, keep);
    for (int i = 0; i < 400000; i++) {
        char text[24];
        const struct money_format f = {.decimal = i % 2 ? '.' : ',',
                                       .thousands = i % 5 ? NULL : "'",
                                       .sign = (enum money_sign)(i / 2 % 4),
                                       .decimals = (int)rng_below(rng, 5)};
        const size_t n = rng_below(rng, sizeof text), kinds = 31 + rng_below(rng, 17);
        for (size_t k = 0; k < n; k++)
            text[k] = bytes[rng_below(rng, k + 1 == n || k == 0 ? sizeof bytes - 1 : kinds)];
        if (n > (size_t)f.decimals && rng_below(rng, 2)) /* where it belongs */
            text[n - 1 - (size_t)f.decimals] = f.decimal;
        check_money(text, n, &f);
        const char *one = fixed[(size_t)i % (sizeof fixed / sizeof fixed[0])];
        check_money(one, strlen(one), &f);
    }
    arena_free(keep);
}

/* ---- lines ---- */

/* Mostly the first of them. */
static const char *choose(gsl_rng *rng, const char *const *texts, size_t n, unsigned ugly)
{
    return texts[rng_below(rng, 100) < ugly ? rng_below(rng, n) : 0];
}

#define ONE(rng, ugly, ...)                         \
    choose(rng, (const char *const[]){__VA_ARGS__}, \
           sizeof(const char *const[]){__VA_ARGS__} / sizeof(const char *), ugly)

static const char *random_ledger(gsl_rng *rng, unsigned ugly, bool errors, struct arena *keep)
{
    const char *text = "key,doc,day,amount,rest\n";
    const bool quotes = rng_below(rng, 2), returns = rng_below(rng, 3) == 0;
    for (int i = 0; i < 40; i++) {
        const unsigned end = returns ? 60 : 0;
        text = arena_printf(
            keep, "%s%s,%s,%s,%s,%s%s", text,
            quotes ? ONE(rng, 60, "a1", "\"b2\"", "\"long, \"\"quoted\"\" key\"", "\"\"", "\" \"",
                         "\"C00012345\"", "\"a key of more than sixteen bytes\"", "5\"",
                         "\"c\"\"d\"", "\"12345678\"\"\"", "\"nine\nlines\"")
                   : ONE(rng, ugly, "C00012345", "b", "", " ", "\t", " c", "M\xc3\xbcller", "-"),
            quotes ? ONE(rng, 50, "1", "\"2\"", "\"\"\"\"", "", "\"3\r\n4\"")
                   : ONE(rng, 50, "1", "2", ""),
            errors
                ? ONE(rng, 4, "2025-01-31", "2025-02-29", "1.2.2025", "", "2025-1-3",
                      "\"2025-01-0\"\"\"")
                : ONE(rng, 50, "2025-01-31", "2025-02-01", "2025-2-3", "1899-12-31", "2024-02-29"),
            errors ? ONE(rng, 4, "1.50", "x", "", "1.505", "\"1\"\"\"", "1,5")
                   : ONE(rng, 60, "1.50", "-12.25", "12", "0.5", "123456789.01", "-7", "+3.00",
                         "$4.00", " 5.00"),
            ONE(rng, ugly, "x", "", "y z"), ONE(rng, end, "\n", "\r\n", "\n\n", "\r"));
    }
    return errors && rng_below(rng, 4) == 0 ? arena_printf(keep, "%sa,b\n", text) : text;
}

#undef ONE

static void assert_same_counts(const struct ledger_scan *a, const struct ledger_scan *b)
{
    assert_int_equal(a->counts->lines, b->counts->lines);
    assert_memory_equal(a->counts->kind, b->counts->kind, sizeof a->counts->kind);
    assert_int_equal(a->counts->n_days, b->counts->n_days);
    assert_memory_equal(a->counts->days, b->counts->days, a->counts->n_days * sizeof(int32_t));
    assert_int_equal(a->n_dropped, b->n_dropped);
    for (size_t i = 0; i < a->n_dropped; i++) {
        assert_int_equal(a->dropped[i].line, b->dropped[i].line);
        assert_string_equal(a->dropped[i].text, b->dropped[i].text);
    }
}

/* A filter that matches nothing asks for the plain way. */
static void check_lines(const char *text, bool documents, struct arena *keep)
{
    static const size_t chunks[] = {0, 100, 300}, windows[] = {0, 64, 200};
    const char *path = temporary_file(text, strlen(text), keep);
    struct study *s = ledger_case(path, keep);
    struct study_filter never = {"key", texts_of(keep, "no such key", NULL)};
    s->ledgers->type.column = NULL;
    s->ledgers->document = documents ? "doc" : NULL;
    for (size_t i = 0; i < 3; i++) {
        struct ledger_scan simple = {.counts = NULL}, plain = simple;
        const struct ledger_source *source = ledger_files_sized(s, chunks[i], windows[i], keep);
        s->ledgers->n_drop = 0;
        const char *got = ledger_case_read(s, source, &simple, keep);
        s->ledgers->n_drop = 1;
        s->ledgers->drop = &never;
        assert_string_equal(got, ledger_case_read(s, source, &plain, keep));
        if (strncmp(got, "FILE", 4) != 0)
            assert_same_counts(&simple, &plain);
    }
    unlink(path);
}

static void lines(void **unused)
{
    (void)unused;
    struct arena *seeds = arena_new();
    gsl_rng *rng = rng_stream(20250301, 2, seeds);
    for (int i = 0; i < 120; i++) {
        struct arena *keep = arena_new();
        check_lines(random_ledger(rng, i % 3 ? 5 : 60, i % 4 == 3, keep), i % 5, keep);
        arena_free(keep);
    }
    arena_free(seeds);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(dates), cmocka_unit_test(amounts),
                                       cmocka_unit_test(lines)};
    return cmocka_run_group_tests_name("short ways", tests, NULL, NULL);
}
