/* SPDX-License-Identifier: GPL-3.0-or-later
   What a right study file gives: every key, every default. */
#include "io/study/study.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "io/study/check.h"
#include "tests/check.h"

static const struct study *read_text(const char *yaml, struct arena *keep)
{
    struct err err = {0};
    const struct study *s = study_from_bytes("folder/s.yml", yaml, strlen(yaml), keep, &err);
    assert_string_equal(err.message, "");
    assert_non_null(s);
    return s;
}

static void assert_texts(const struct texts *t, size_t n, const char *const want[])
{
    assert_int_equal(t->n, n);
    for (size_t i = 0; i < n; i++)
        assert_string_equal(t->at[i], want[i]);
}

/* The example of docs/study-file.md, key by key. */
static const char example[] =
    "study: {name: Repurchase intention 2025, seed: 20250601, note: pilot}\n"
    "surveys:\n"
    "  - file: data/wave3.csv\n"
    "    format: csv\n"
    "    key: ExternalReference\n"
    "    date: RecordedDate\n"
    "    date_format: \"%d.%m.%Y\"\n"
    "    keep: [{column: Finished, values: [\"1\", \"True\"]}]\n"
    "    duplicates: latest\n"
    "scales:\n"
    "  - {name: intent, column: Q7, range: [1, 7], missing: [-99, 98, \"\"], label: \"Buy: "
    "again?\"}\n"
    "  - {name: satisfaction, items: [Q3, Q4, Q5], reverse: [Q5], range: [1, 7], combine: sum}\n"
    "  - {name: recommend, column: Q9, range: [0, 10], nps: {promoters: 9, detractors: 6}}\n"
    "groups:\n"
    "  - {name: segment, column: seg, levels: [no, yes, 007]}\n"
    "  - {name: industry, column: ind, label: Branch of trade}\n"
    "customers: {file: customers.csv, key: id, delimiter: tab}\n"
    "ledgers:\n"
    "  - file: /gl/gl_2025.csv\n"
    "    delimiter: \";\"\n"
    "    encoding: CP1252\n"
    "    decimal: \",\"\n"
    "    thousands: \".\"\n"
    "    key: Kunde\n"
    "    document: Beleg\n"
    "    date: {column: Belegdatum, format: \"%d.%m.%Y\"}\n"
    "    amount: {column: Betrag, sign: trailing}\n"
    "    type: {column: Belegart, sale: [RV], return: [DG], payment: [ZP], ignore: [DZ, \"*\"]}\n"
    "    currency: {column: Waehr, keep: KWD}\n"
    "    drop: [{column: Kunde, values: [\"Summe*\"]}]\n"
    "    coverage: {from: 2024-01-01, to: 2026-05-31}\n"
    "  - file: \"-\"\n"
    "    key: 1\n"
    "    date: {column: day}\n"
    "    amount: {sign: debit_credit, debit: Soll, credit: Haben}\n"
    "    decimals: 3\n"
    "  - file: c.csv\n"
    "    key: k\n"
    "    date: {column: day}\n"
    "    amount: {column: a, sign: indicator, indicator: SH, negative: [H, \"-\"]}\n"
    "    decimals: 3\n"
    "join:\n"
    "  key_rules: [trim, case, strip_zeros, \"strip_prefix:C-\"]\n"
    "  min_match: 0.8\n"
    "  window: {offset: 2d, length: 52w, censored: keep}\n"
    "  baseline: 364d\n"
    "  collisions: exclude\n"
    "behaviours: [retained, purchases, spend, frequency, recency, change_spend, baseline_spend]\n"
    "analysis:\n"
    "  by: [segment, industry]\n"
    "  min_n: 30\n"
    "  adjust: bh\n"
    "  methods: [pearson]\n"
    "  curves: [power, logistic]\n"
    "  weights: w\n"
    "  conf_level: 0.9\n";

static void head_surveys_and_groups(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct study *s = read_text(example, keep);
    assert_string_equal(s->name, "Repurchase intention 2025");
    assert_string_equal(s->note, "pilot");
    assert_true(s->has_seed && s->seed == 20250601);
    assert_int_equal(s->n_surveys, 1);
    const struct study_survey *v = &s->surveys[0];
    assert_string_equal(v->file, "data/wave3.csv");
    assert_string_equal(v->format, "csv");
    assert_string_equal(v->delimiter, ",");
    assert_null(v->encoding);
    assert_string_equal(v->key, "ExternalReference");
    assert_string_equal(v->date, "RecordedDate");
    assert_string_equal(v->date_format, "%d.%m.%Y");
    assert_string_equal(v->wave, "wave3");
    assert_int_equal(v->n_keep, 1);
    assert_string_equal(v->keep[0].column, "Finished");
    assert_texts(&v->keep[0].values, 2, (const char *const[]){"1", "True"});
    assert_int_equal(v->duplicates, DUPLICATES_LATEST);
    assert_int_equal(s->n_groups, 2);
    assert_string_equal(s->groups[0].column, "seg");
    assert_string_equal(s->groups[0].label, "segment");
    assert_texts(&s->groups[0].levels, 3, (const char *const[]){"no", "yes", "007"});
    assert_string_equal(s->groups[1].label, "Branch of trade");
    assert_int_equal(s->groups[1].levels.n, 0);
    assert_string_equal(s->customers.file, "customers.csv");
    assert_string_equal(s->customers.key, "id");
    assert_string_equal(s->customers.delimiter, "tab");
    arena_free(keep);
}

static void scales(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct study *s = read_text(example, keep);
    assert_int_equal(s->n_scales, 3);
    const struct study_scale *intent = &s->scales[0], *sat = &s->scales[1], *nps = &s->scales[2];
    assert_string_equal(intent->column, "Q7");
    assert_string_equal(intent->label, "Buy: again?");
    assert_true(intent->low == 1 && intent->high == 7);
    assert_texts(&intent->missing, 3, (const char *const[]){"-99", "98", ""});
    assert_true(isnan(intent->promoter_from) && isnan(intent->detractor_to));
    assert_null(sat->column);
    assert_string_equal(sat->label, "satisfaction");
    assert_texts(&sat->items, 3, (const char *const[]){"Q3", "Q4", "Q5"});
    assert_texts(&sat->reverse, 1, (const char *const[]){"Q5"});
    assert_int_equal(sat->combine, COMBINE_SUM);
    assert_true(nps->promoter_from == 9 && nps->detractor_to == 6);
    arena_free(keep);
}

static void ledgers(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct study *s = read_text(example, keep);
    assert_int_equal(s->n_ledgers, 3);
    const struct study_ledger *l = &s->ledgers[0];
    assert_string_equal(l->delimiter, ";");
    assert_string_equal(l->encoding, "CP1252");
    assert_string_equal(l->decimal, ",");
    assert_string_equal(l->thousands, ".");
    assert_string_equal(l->key, "Kunde");
    assert_string_equal(l->document, "Beleg");
    assert_string_equal(l->date, "Belegdatum");
    assert_string_equal(l->date_format, "%d.%m.%Y");
    assert_string_equal(l->amount.column, "Betrag");
    assert_int_equal(l->amount.sign, AMOUNT_TRAILING);
    assert_string_equal(l->type.column, "Belegart");
    assert_texts(&l->type.sale, 1, (const char *const[]){"RV"});
    assert_texts(&l->type.returned, 1, (const char *const[]){"DG"});
    assert_texts(&l->type.payment, 1, (const char *const[]){"ZP"});
    assert_texts(&l->type.ignore, 2, (const char *const[]){"DZ", "*"});
    assert_string_equal(l->currency_column, "Waehr");
    assert_string_equal(l->currency_keep, "KWD");
    assert_int_equal(l->decimals, 3);
    assert_int_equal(l->n_drop, 1);
    assert_texts(&l->drop[0].values, 1, (const char *const[]){"Summe*"});
    assert_string_equal(l->coverage_from, "2024-01-01");
    assert_string_equal(l->coverage_to, "2026-05-31");
    arena_free(keep);
}

static void ledgers_by_default(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct study *s = read_text(example, keep);
    const struct study_ledger *l = &s->ledgers[1];
    assert_string_equal(l->file, "-");
    assert_string_equal(l->key, "1");
    assert_string_equal(l->delimiter, ",");
    assert_string_equal(l->decimal, ".");
    assert_null(l->thousands);
    assert_null(l->document);
    assert_null(l->date_format);
    assert_null(l->type.column);
    assert_null(l->coverage_from);
    assert_int_equal(l->decimals, 3);
    assert_string_equal(l->amount.debit, "Soll");
    assert_string_equal(l->amount.credit, "Haben");
    l = &s->ledgers[2];
    assert_int_equal(l->decimals, 3);
    assert_int_equal(l->amount.sign, AMOUNT_INDICATOR);
    assert_string_equal(l->amount.indicator, "SH");
    assert_texts(&l->amount.negative, 2, (const char *const[]){"H", "-"});
    arena_free(keep);
}

static void ledgers_with_rates(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct study *s = read_text(
        "study: {name: x}\n"
        "ledgers:\n"
        "  - file: a.csv\n"
        "    key: k\n"
        "    key_starts_after: \"No. \"\n"
        "    key_ends_at: \" - \"\n"
        "    thousands: indian\n"
        "    date: {column: day, format: excel_1904}\n"
        "    amount: {column: a, sign: cr_dr, negative: [H], refunded: back}\n"
        "    type: {column: t, sale: [\"SI*\", 4000..4999]}\n"
        "    keep: [{column: t, values: [1..3]}, {column: u, values: [x]}]\n"
        "    currency: {column: c, to: JPY, rates: r.xlsx, quote: units_per_home, max_age: 2w,\n"
        "               rates_delimiter: \";\", rates_decimal: \",\", rates_sheet: Daily}\n"
        "  - file: b.csv\n"
        "    key: k\n"
        "    date: {column: day}\n"
        "    amount: {column: a}\n"
        "    currency: {column: c, to: jpy, rates: r.csv, quote: home_per_unit}\n"
        "  - file: c.csv\n"
        "    key: k\n"
        "    date: {column: day}\n"
        "    amount: {column: a}\n"
        "    currency: {column: c, keep: jpy}\n",
        keep);
    const struct study_ledger *l = &s->ledgers[0];
    assert_string_equal(l->key_starts_after, "No. ");
    assert_string_equal(l->key_ends_at, " - ");
    assert_string_equal(l->thousands, "indian");
    assert_string_equal(l->date_format, "excel_1904");
    assert_int_equal(l->amount.sign, AMOUNT_CR_DR);
    assert_texts(&l->amount.negative, 1, (const char *const[]){"H"});
    assert_string_equal(l->amount.refunded, "back");
    assert_texts(&l->type.sale, 2, (const char *const[]){"SI*", "4000..4999"});
    assert_int_equal(l->n_keep, 2);
    assert_texts(&l->keep[0].values, 1, (const char *const[]){"1..3"});
    assert_string_equal(l->currency_to, "JPY");
    assert_null(l->currency_keep);
    assert_string_equal(study_currency(l), "JPY");
    assert_int_equal(l->decimals, 0);
    assert_string_equal(l->rates.file, "r.xlsx");
    assert_int_equal(l->rates.quote, QUOTE_UNITS_PER_HOME);
    assert_int_equal(l->rates.max_age, 14);
    assert_string_equal(l->rates.delimiter, ";");
    assert_string_equal(l->rates.decimal, ",");
    assert_string_equal(l->rates.sheet, "Daily");
    l = &s->ledgers[1];
    assert_int_equal(l->rates.quote, QUOTE_HOME_PER_UNIT);
    assert_int_equal(l->rates.max_age, 7);
    assert_string_equal(l->rates.delimiter, ",");
    assert_string_equal(l->rates.decimal, ".");
    assert_null(l->rates.sheet);
    assert_null(l->amount.refunded);
    assert_int_equal(l->n_keep, 0);
    assert_string_equal(l->currency_to, "JPY");
    l = &s->ledgers[2];
    assert_string_equal(l->currency_keep, "JPY");
    assert_int_equal(l->decimals, 0);
    arena_free(keep);
}

static void join_and_analysis(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct study *s = read_text(example, keep);
    assert_texts(&s->join.key_rules, 4,
                 (const char *const[]){"trim", "case", "strip_zeros", "strip_prefix:C-"});
    assert_digits(s->join.min_match, 0.8, 16);
    assert_int_equal(s->join.offset, 2);
    assert_int_equal(s->join.length, 364);
    assert_int_equal(s->join.baseline, 364);
    assert_int_equal(s->join.censored, CENSORED_KEEP);
    assert_int_equal(s->join.collisions, COLLISIONS_EXCLUDE);
    assert_int_equal(s->behaviours.n, 7);
    assert_string_equal(s->behaviours.at[5], "change_spend");
    assert_texts(&s->analysis.by, 2, (const char *const[]){"segment", "industry"});
    assert_int_equal(s->analysis.min_n, 30);
    assert_string_equal(s->analysis.adjust, "bh");
    assert_texts(&s->analysis.methods, 1, (const char *const[]){"pearson"});
    assert_texts(&s->analysis.curves, 2, (const char *const[]){"power", "logistic"});
    assert_string_equal(s->analysis.weights, "w");
    assert_digits(s->analysis.conf_level, 0.9, 16);
    arena_free(keep);
}

static void defaults(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct study *s = read_text("study: {name: no}\n", keep);
    assert_string_equal(s->name, "no");
    assert_false(s->has_seed);
    assert_int_equal(s->n_surveys + s->n_scales + s->n_groups + s->n_ledgers, 0);
    assert_null(s->customers.file);
    assert_true(isnan(s->join.min_match));
    assert_int_equal(s->join.offset, 1);
    assert_int_equal(s->join.length, 365);
    assert_int_equal(s->join.baseline, 0);
    assert_int_equal(s->join.censored, CENSORED_EXCLUDE);
    assert_int_equal(s->join.collisions, COLLISIONS_ERROR);
    assert_texts(&s->behaviours, 3, (const char *const[]){"retained", "purchases", "spend"});
    assert_int_equal(s->analysis.min_n, 0);
    assert_string_equal(s->analysis.adjust, "holm");
    assert_true(isnan(s->analysis.conf_level));
    arena_free(keep);
}

static void lines_and_paths(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct study *s = read_text(example, keep);
    assert_int_equal(study_line(s, "scales", 1, "range"), 12);
    assert_int_equal(study_line(s, "scales", 1, NULL), 12);
    assert_int_equal(study_line(s, "ledgers", 0, "date.format"), 26);
    assert_int_equal(study_line(s, "ledgers", 1, "key"), 33);
    assert_int_equal(study_line(s, "join", 0, "window.length"), 45);
    assert_int_equal(study_line(s, "surveys", 0, "wave"), 0);
    assert_int_equal(study_line(s, "surveys", 1, NULL), 0);
    assert_int_equal(study_line(s, "survey", 0, "file"), 0);
    assert_string_equal(study_path(s, "a.csv", keep), "folder/a.csv");
    assert_string_equal(study_path(s, "/a.csv", keep), "/a.csv");
    assert_string_equal(study_path(s, "-", keep), "-");
    assert_int_equal(study_delimiter(";"), ';');
    assert_int_equal(study_delimiter("tab"), '\t');
    assert_int_equal(study_delimiter(";;"), 0);
    assert_int_equal(study_delimiter("\""), 0);
    assert_int_equal(study_delimiter("a"), 0);
    arena_free(keep);
}

/* A byte order mark, CRLF and comments are no part of the study; the hash is of
   the bytes: SHA-256 of "study: {name: a}\n" by sha256sum(1). */
static void bytes(void **state)
{
    (void)state;
    static const uint8_t first[4] = {0x0f, 0x65, 0x15, 0x13};
    struct arena *keep = arena_new();
    const struct study *s = read_text("\xef\xbb\xbfstudy:\r\n  name: \xc3\xbc # yes\r\n", keep);
    assert_string_equal(s->name, "\xc3\xbc");
    s = read_text("study: {name: a}\n", keep);
    assert_memory_equal(s->hash, first, 4);
    arena_free(keep);
}

static void ten_thousand_levels_take_little_room(void **state)
{
    (void)state;
    struct arena *keep = arena_new(), *text = arena_new();
    enum { N = 10000 };
    char *yaml = ARENA_NEW(text, char, 100 + 8 * N);
    int at = snprintf(yaml, 100, "study: {name: a}\ngroups: [{name: g, column: c, levels: [");
    for (int i = 0; i < N; i++)
        at += snprintf(yaml + at, 9, "%s%d", i ? "," : "", i);
    snprintf(yaml + at, 5, "]}]\n");
    const struct study *s = read_text(yaml, keep);
    assert_int_equal(s->groups[0].levels.n, N);
    assert_string_equal(s->groups[0].levels.at[N - 1], "9999");
    assert_true(arena_size(keep) < 8u << 20);
    arena_free(text);
    arena_free(keep);
}

static void files(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    char name[] = "/tmp/saydo-study-XXXXXX";
    int fd = mkstemp(name);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, example, strlen(example)), strlen(example));
    struct err err = {0};
    const struct study *s = study_read(name, keep, &err);
    assert_string_equal(err.message, "");
    assert_string_equal(s->path, name);
    assert_int_equal(s->n_ledgers, 3);
    assert_int_equal(ftruncate(fd, (1 << 20) + 1), 0);
    assert_null(study_read(name, keep, &err));
    assert_int_equal(err.code, ERR_STUDY);
    assert_non_null(strstr(err.message, "name the study file, not the data"));
    close(fd);
    unlink(name);
    err = (struct err){0};
    assert_null(study_read(name, keep, &err));
    assert_int_equal(err_exit_status(&err), 1);
    assert_non_null(strstr(err.message, "No such file"));
    err = (struct err){0};
    assert_null(study_read("/tmp", keep, &err));
    assert_int_equal(err_exit_status(&err), 1);
    assert_non_null(strstr(err.message, "directory"));
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(head_surveys_and_groups),
        cmocka_unit_test(scales),
        cmocka_unit_test(ledgers),
        cmocka_unit_test(ledgers_by_default),
        cmocka_unit_test(ledgers_with_rates),
        cmocka_unit_test(join_and_analysis),
        cmocka_unit_test(defaults),
        cmocka_unit_test(lines_and_paths),
        cmocka_unit_test(bytes),
        cmocka_unit_test(ten_thousand_levels_take_little_room),
        cmocka_unit_test(files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
