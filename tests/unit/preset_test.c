/* SPDX-License-Identifier: GPL-3.0-or-later
   Presets: one file and one word each, what is built in is what the file says, and how a
   ledgers entry takes over the keys that it does not declare. */
#include "io/study/presets.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "io/bytes/sha256.h"
#include "io/study/check.h"
#include "io/table/records.h"
#include "io/yaml/write.h"
#include "tests/check.h"

static const char head[] = "study: {name: a}\nledgers:\n";

/* ---- the files ---- */

static const char *file_text(const struct preset *p, struct arena *keep)
{
    enum { LARGEST = 1 << 16 };
    char *text = ARENA_NEW(keep, char, LARGEST + 1);
    FILE *f = fopen(arena_printf(keep, "io/presets/%s.yml", p->name), "rb");
    if (!f)
        fail_msg("there is no io/presets/%s.yml", p->name);
    assert_true(fread(text, 1, LARGEST, f) < LARGEST);
    fclose(f);
    return text;
}

static void each_file_has_its_word(void **state)
{
    (void)state;
    size_t n = 0;
    char name[256];
    DIR *folder = opendir("io/presets");
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        const char *dot = strrchr(entry->d_name, '.');
        if (!dot || strcmp(dot, ".yml") != 0)
            continue;
        snprintf(name, sizeof name, "%.*s", (int)(dot - entry->d_name), entry->d_name);
        if (!preset_find(name))
            fail_msg("io/presets/%s.yml is no word of PRESET_LIST", name);
        n++;
    }
    closedir(folder);
    assert_int_equal(n, n_presets);
}

static void assert_same_tree(const struct yaml_tree *a, const struct yaml_tree *b)
{
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->n, b->n);
    if (a->kind == YAML_TEXT)
        assert_string_equal(a->text, b->text);
    for (a = a->first, b = b->first; a; a = a->next, b = b->next) {
        if (a->key)
            assert_string_equal(a->key, b->key);
        assert_same_tree(a, b);
    }
}

static const struct yaml_tree *tree_of(const char *text, struct arena *keep)
{
    struct err err = {0};
    const struct yaml_tree *t = yaml_tree_read(text, strlen(text), "test", keep, &err);
    assert_string_equal(err.message, "");
    return t;
}

/* The reader of YAML and scripts/embed-preset find the same in the file. */
static void what_is_built_in_is_the_file(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    for (size_t i = 0; i < n_presets; i++) {
        const struct preset *p = presets[i];
        const struct yaml_tree *t = tree_of(file_text(p, keep), keep);
        assert_string_equal(p->title, yaml_find(t, "title")->text);
        assert_string_equal(p->note, yaml_find(t, "note")->text);
        const struct yaml_tree *declare = yaml_find(t, "declare");
        assert_int_equal(t->n, declare ? 5 : 4);
        assert_int_equal(declare ? declare->n : 0, p->n_declare);
        for (size_t k = 0; k < p->n_declare; k++)
            assert_string_equal(p->declare[k], yaml_at(declare, k)->text);
        const struct yaml_tree *header = yaml_find(t, "header");
        assert_int_equal(header->kind, YAML_LIST);
        assert_int_equal(header->n, p->n_header);
        for (size_t k = 0; k < p->n_header; k++)
            assert_string_equal(p->header[k], yaml_at(header, k)->text);
        assert_same_tree(yaml_find(t, "ledger"), tree_of(preset_ledger(p, keep), keep));
        assert_null(yaml_find(yaml_find(t, "ledger"), "file"));
        assert_null(yaml_find(yaml_find(t, "ledger"), "preset"));
    }
    arena_free(keep);
}

static void the_hash_is_the_files(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    for (size_t i = 0; i < n_presets; i++) {
        struct sha256 sha;
        uint8_t hash[32];
        const char *text = file_text(presets[i], keep);
        sha256_start(&sha);
        sha256_add(&sha, text, strlen(text));
        sha256_end(&sha, hash);
        assert_string_equal(preset_hash(presets[i], keep), sha256_text(hash, keep));
    }
    arena_free(keep);
}

/* The header of a preset is that of no other: a file is recognised as itself. */
static void each_is_recognised(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_presets; i++) {
        const struct preset *p = presets[i];
        const struct preset *found = preset_recognise(p->header, p->n_header);
        assert_ptr_equal(found, p);
        if (p->n_header > 1)
            assert_true(preset_recognise(p->header, p->n_header - 1) != p);
    }
    assert_null(preset_recognise(NULL, 0));
    assert_null(preset_recognise((const char *const[]){"", "customer"}, 2));
    assert_null(preset_find("xero"));
    assert_string_equal(preset_find("xero_invoices")->name, "xero_invoices");
}

/* The preset that the first rows of a file are recognised as: titles may stand above its header. */
static const struct preset *recognised(const char *path, char delimiter, const char *encoding,
                                       struct arena *keep)
{
    enum { ROWS = 10 };
    struct err err = {0};
    const struct csv_dialect dialect = {.delimiter = delimiter, .encoding = encoding};
    struct records *r = records_open(path, &dialect, NULL, keep, &err);
    const struct preset *found = NULL;
    const struct record_cell *cell;
    size_t n;
    assert_string_equal(err.message, "");
    for (size_t row = 0; !found && row < ROWS && records_next(r, &cell, &n, &err); row++) {
        const char **name = ARENA_NEW(keep, const char *, n);
        for (size_t i = 0; i < n; i++)
            name[i] = cell[i].text;
        found = preset_recognise(name, n);
    }
    records_close(r);
    return found;
}

static void each_example_is_recognised(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    for (size_t i = 0; i < n_presets; i++) {
        const char *name = presets[i]->name;
        const char *text =
            arena_printf(keep,
                         "%s  - {file: x, preset: %s, keep: [{column: A, values: [4*]}],\n"
                         "     currency: {column: C, keep: EUR}}\n",
                         head, name);
        struct err err = {0};
        const struct study *s = study_from_bytes("s.yml", text, strlen(text), keep, &err);
        assert_string_equal(err.message, "");
        const char *folder = arena_printf(keep, "datasets/formats/%s/", name);
        const char *ending = strcmp(name, "xero_transactions") == 0 ? "xlsx"
                             : strcmp(name, "sap_fbl5n") == 0       ? "txt"
                                                                    : "csv";
        const char *encoding = strcmp(name, "generic_gl") == 0 ? "CP1252" : s->ledgers[0].encoding;
        const char *path = arena_printf(keep, "%sledger.%s", folder, ending);
        assert_ptr_equal(recognised(path, study_delimiter(s->ledgers[0].delimiter), encoding, keep),
                         presets[i]);
    }
    arena_free(keep);
}

/* The manual's page has the preset's keys as they are. */
static void each_page_shows_its_preset(void **state)
{
    (void)state;
    enum { LARGEST = 1 << 16 };
    struct arena *keep = arena_new();
    for (size_t i = 0; i < n_presets; i++) {
        char *text = ARENA_NEW(keep, char, LARGEST + 1);
        const char *path = arena_printf(keep, "docs/formats/%s.md", presets[i]->name);
        FILE *f = fopen(path, "rb");
        if (!f)
            fail_msg("there is no %s", path);
        assert_true(fread(text, 1, LARGEST, f) < LARGEST);
        fclose(f);
        if (!strstr(text, preset_ledger(presets[i], keep)))
            fail_msg("%s does not show the keys of the preset", path);
    }
    arena_free(keep);
}

/* ---- filled in ---- */

static const struct study *study_of(const char *entry, struct arena *keep, struct err *err)
{
    const char *text = arena_printf(keep, "%s%s", head, entry);
    return study_from_bytes("s.yml", text, strlen(text), keep, err);
}

static const struct study_ledger *ledger_of(const char *entry, struct arena *keep)
{
    struct err err = {0};
    const struct study *s = study_of(entry, keep, &err);
    assert_string_equal(err.message, "");
    return &s->ledgers[0];
}

static void a_key_of_the_entry_stays(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct err err = {0};
    const struct study *s = study_of("  - file: x.csv\n"
                                     "    key: Kontakt\n"
                                     "    preset: xero_invoices\n"
                                     "    date: {format: \"%m/%d/%Y\"}\n"
                                     "    currency: {keep: GBP}\n"
                                     "    drop: [{column: Status, values: [Draft]}]\n",
                                     keep, &err);
    assert_string_equal(err.message, "");
    const struct study_ledger *l = &s->ledgers[0];
    assert_string_equal(l->preset, "xero_invoices");
    assert_string_equal(l->key, "Kontakt");
    assert_string_equal(l->document, "InvoiceNumber");
    assert_string_equal(l->date, "InvoiceDate");
    assert_string_equal(l->date_format, "%m/%d/%Y");
    assert_string_equal(l->currency_column, "Currency");
    assert_string_equal(l->currency_keep, "GBP");
    assert_int_equal(l->n_drop, 1);
    assert_int_equal(l->drop[0].values.n, 1);
    assert_string_equal(l->drop[0].values.at[0], "Draft");
    assert_int_equal(study_line(s, "ledgers", 0, "key"), 4);
    assert_int_equal(study_line(s, "ledgers", 0, "document"), 5);
    assert_int_equal(study_line(s, "ledgers", 0, "date.column"), 5);
    assert_int_equal(study_line(s, "ledgers", 0, "date.format"), 6);
    assert_int_equal(study_line(s, "ledgers", 0, "currency.keep"), 7);
    assert_string_equal(study_preset(s, "ledgers", 0, "document"), "xero_invoices");
    assert_null(study_preset(s, "ledgers", 0, "key"));
    assert_null(study_preset(s, "ledgers", 0, "nothing"));
    arena_free(keep);
}

static void another_sign_is_another_amount(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct study_ledger *l =
        ledger_of("  - {file: x, preset: xero_invoices, currency: {keep: GBP},\n"
                  "     amount: {sign: debit_credit, debit: Soll, credit: Haben}}\n",
                  keep);
    assert_int_equal(l->amount.sign, AMOUNT_DEBIT_CREDIT);
    assert_null(l->amount.column);
    assert_string_equal(l->amount.debit, "Soll");
    l = ledger_of("  - {file: x, preset: xero_invoices, currency: {keep: GBP},\n"
                  "     amount: {column: Netto}}\n",
                  keep);
    assert_int_equal(l->amount.sign, AMOUNT_LEADING);
    assert_string_equal(l->amount.column, "Netto");
    l = ledger_of("  - {file: x, preset: sage50, amount: {sign: by_type}}\n", keep);
    assert_string_equal(l->amount.column, "Net Amount");
    l = ledger_of("  - {file: x, preset: sage50, amount: {sign: leading, column: Betrag}}\n", keep);
    assert_string_equal(l->amount.column, "Betrag");
    assert_int_equal(l->amount.sign, AMOUNT_LEADING);
    arena_free(keep);
}

static void an_empty_list_takes_a_key_away(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct study_ledger *l =
        ledger_of("  - {file: x, preset: xero_invoices, currency: {}, document: [], drop: [],\n"
                  "     type: [], amount: {column: Netto, sign: leading}}\n",
                  keep);
    assert_null(l->currency_column);
    assert_null(l->document);
    assert_null(l->type.column);
    assert_int_equal(l->n_drop, 0);
    assert_string_equal(l->key, "ContactName");
    arena_free(keep);
}

/* Everything outside of the entry passes through canonical YAML as it was. */
static void the_rest_of_the_study_stays(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    static const char text[] =
        "study: {name: \"a \\\"b\\\" \\\\ \\N\\L\\x7f\xc3\xa4\xf0\x9f\x90\x9f: #\", note: 'no'}\n"
        "groups: [{name: g, column: \"\xe2\x82\xac\\t,\", levels: [007, no, \"\"]}]\n";
    const char *with = arena_printf(
        keep, "%sledgers: [{file: x, preset: xero_invoices, currency: {keep: GBP}}]\n", text);
    struct err err = {0};
    const struct study *a = study_from_bytes("s", text, strlen(text), keep, &err);
    const struct study *b = study_from_bytes("s", with, strlen(with), keep, &err);
    assert_string_equal(err.message, "");
    assert_string_equal(a->name, b->name);
    assert_string_equal(b->name, "a \"b\" \\ \xc2\x85\xe2\x80\xa8\x7f\xc3\xa4\xf0\x9f\x90\x9f: #");
    assert_string_equal(a->note, b->note);
    assert_string_equal(a->groups[0].column, b->groups[0].column);
    for (size_t i = 0; i < 3; i++)
        assert_string_equal(a->groups[0].levels.at[i], b->groups[0].levels.at[i]);
    assert_int_equal(b->n_ledgers, 1);
    arena_free(keep);
}

static void what_is_written_reads_back(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    static const char *const texts[] = {"a: [1, [], {}, \"\", {b: c, \"\\\"\": '\\'}]\n",
                                        "\"\\x01\\uFEFF\\U0010FFFF\\uFFFE\"\n",
                                        "[a, \xe4\xb8\xad, \"\\n\\r\\t \\e\"]\n", "? \"\"\n: x\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        size_t size;
        const struct yaml_tree *t = tree_of(texts[i], keep);
        const char *written = yaml_write(t, &size, keep);
        assert_int_equal(strlen(written), size);
        for (size_t k = 0; k < size; k++)
            assert_true(written[k] >= ' ' && written[k] <= '~');
        assert_same_tree(t, tree_of(written, keep));
    }
    arena_free(keep);
}

/* ---- what is wrong ---- */

static const struct {
    const char *entry;
    uint64_t line;
    const char *said;
} wrong_entries[] = {
    {"  - file: x\n    preset: xero\n", 4,
     "ledgers.preset: 'xero' is no preset; did you mean 'xero_invoices'? the presets are "},
    {"  - file: x\n    preset: xero_invoces\n", 4, "did you mean 'xero_invoices'?"},
    {"  - file: x\n    preset: zzzz\n", 4, "'zzzz' is no preset; the presets are "},
    {"  - file: x\n    preset: [xero_invoices]\n", 4, "ledgers.preset: is a list, where another"},
    {"  - file: x\n    preset:\n", 4, "ledgers.preset: has no value"},
    {"  - file: x\n    preset: xero_invoices\n    preset: xero_invoices\n    currency: {keep: "
     "GBP}\n",
     5, "ledgers.preset: the key stands twice"},
    {"  - preset: xero_invoices\n    currency: {keep: GBP}\n", 3,
     "ledgers.file: the key is missing"},
    {"  - file: x\n    preset: xero_invoices\n", 4,
     "ledgers.currency: is left to you by preset xero_invoices; add 'currency: {keep: GBP}' with"},
    {"  - file: x\n    preset: xero_invoices\n    currency: {keep: GBP}\n    amount:\n", 6,
     "ledgers.amount: has no value"},
    {"  - file: x\n    preset: xero_invoices\n    currency: {keep: GBP}\n    coverage: []\n", 6,
     "ledgers.coverage: is a list, where another shape is read"},
    {"  - file: x\n    preset: xero_invoices\n    currency: {keep: GBP}\n    amount: 5\n", 6,
     "ledgers.amount: '5' is a text, where another shape is read"},
    {"  - file: x\n    preset: xero_invoices\n    currency: {keep: GBP}\n    type: {sale: "
     "[Sales credit note]}\n",
     4, "'Sales credit note' stands under sale: too (preset xero_invoices)"},
    {"  - file: x\n    preset: sage50\n    type: {return: []}\n", 4,
     "ledgers.amount.sign: 'by_type' needs to know which types are returns (preset sage50)"},
    {"  - file: x\n    preset: sage50\n    amount: {sign: leading}\n", 5,
     "ledgers.amount.column: the key is missing"},
    {"  - file: x\n    preset: datev_extf\n    thousands: \",\"\n", 5,
     "ledgers.thousands: ',' is the decimal mark as well"},
    {"  - file: x\n    preset: sap_fbl5n\n    decimal: \".\"\n", 4,
     "ledgers.thousands: '.' is the decimal mark as well (preset sap_fbl5n)"},
    {"  - file: x\n    preset: netsuite\n", 4,
     "ledgers.keep: is left to you by preset netsuite; add 'keep: [{column: Account, values: "
     "[4*]}]' with what is true of your file"},
    {"  - file: x\n    preset: xero_invoices\n    currency: {keep: GBP}\n    dokument: x\n", 6,
     "ledgers: 'dokument' is no key here; did you mean 'document'?"},
};

static void messages(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wrong_entries / sizeof *wrong_entries; i++) {
        struct arena *keep = arena_new();
        struct err err = {0};
        assert_null(study_of(wrong_entries[i].entry, keep, &err));
        assert_int_equal(err.code, ERR_STUDY);
        if (!strstr(err.message, wrong_entries[i].said))
            fail_msg("%s\nsays: %s\nnot:  %s", wrong_entries[i].entry, err.message,
                     wrong_entries[i].said);
        assert_int_equal(err.line, wrong_entries[i].line);
        arena_free(keep);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_file_has_its_word),
        cmocka_unit_test(what_is_built_in_is_the_file),
        cmocka_unit_test(the_hash_is_the_files),
        cmocka_unit_test(each_is_recognised),
        cmocka_unit_test(each_example_is_recognised),
        cmocka_unit_test(each_page_shows_its_preset),
        cmocka_unit_test(a_key_of_the_entry_stays),
        cmocka_unit_test(another_sign_is_another_amount),
        cmocka_unit_test(an_empty_list_takes_a_key_away),
        cmocka_unit_test(the_rest_of_the_study_stays),
        cmocka_unit_test(what_is_written_reads_back),
        cmocka_unit_test(messages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
