/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/ledger/typed.h"

#include <string.h>

#include "io/sample/preset.h"
#include "io/yaml/write.h"

/* Keys of an entry that is being written, as YAML in flow style. */
struct entry {
    const char *text;
    struct arena *keep;
};

static const char *quoted(const char *text, struct arena *keep)
{
    size_t size;
    return yaml_write(&(struct yaml_tree){.kind = YAML_TEXT, .text = text}, &size, keep);
}

static void add(struct entry *e, const char *key, const char *value)
{
    e->text = arena_printf(e->keep, "%s%s%s: %s", e->text, *e->text ? ", " : "", key, value);
}

static void add_text(struct entry *e, const char *key, const char *value)
{
    if (value)
        add(e, key, quoted(value, e->keep));
}

static void add_list(struct entry *e, const char *key, const struct texts *values)
{
    const char *list = "";
    for (size_t i = 0; i < values->n; i++)
        list = arena_printf(e->keep, "%s%s%s", list, i ? ", " : "", quoted(values->at[i], e->keep));
    if (values->n)
        add(e, key, arena_printf(e->keep, "[%s]", list));
}

static void add_block(struct entry *e, const char *key, const struct entry *block)
{
    if (*block->text)
        add(e, key, arena_printf(e->keep, "{%s}", block->text));
}

/* What is typed, and where there is no preset what is usual. */
static const char *or_usual(const struct typed_ledger *t, const char *typed, const char *usual)
{
    return typed || t->preset ? typed : usual;
}

static const char *entry_of(const struct typed_ledger *t, struct arena *keep)
{
    struct entry e = {"", keep}, date = e, amount = e, type = e, currency = e;
    add_text(&e, "file", "-"); /* a name may be no UTF-8: it is filled in behind */
    add_text(&e, "preset", t->preset);
    add_text(&e, "sheet", t->sheet);
    add_text(&e, "delimiter", t->delimiter);
    add_text(&e, "encoding", t->encoding);
    add_text(&e, "decimal", t->decimal);
    add_text(&e, "thousands", t->thousands);
    add_text(&e, "key", or_usual(t, t->key, "key"));
    add_text(&e, "document", t->document);
    add_text(&e, "decimals", t->decimals);
    add_text(&date, "column", or_usual(t, t->date, "date"));
    add_text(&date, "format", t->date_format);
    add_block(&e, "date", &date);
    add_text(&amount, "column", or_usual(t, t->amount, "amount"));
    add_text(&amount, "sign", t->sign);
    add_block(&e, "amount", &amount);
    add_text(&type, "column", t->type);
    add_list(&type, "sale", &t->sale);
    add_list(&type, "return", &t->returned);
    add_list(&type, "ignore", &t->ignore);
    add_block(&e, "type", &type);
    add_text(&currency, "column", t->currency_column);
    add_text(&currency, "keep", t->currency);
    add_block(&e, "currency", &currency);
    return e.text;
}

/* The option that became a key: --date of ledgers.date.column, --sign of ledgers.amount.sign. */
static const char *option_of(const char *key, struct arena *keep)
{
    static const char list[] = "ledgers.", column[] = ".column", format[] = "date.format";
    const size_t n = strlen(key);
    if (strncmp(key, list, sizeof list - 1) == 0)
        return option_of(key + sizeof list - 1, keep);
    if (strcmp(key, format) == 0)
        return "--date-format";
    if (strcmp(key, "currency.column") == 0)
        return "--currency-column";
    if (strcmp(key, "currency.keep") == 0)
        return "--currency";
    if (n >= sizeof column && strcmp(key + n - (sizeof column - 1), column) == 0)
        return arena_printf(keep, "--%.*s", (int)(n - (sizeof column - 1)), key);
    const char *point = strrchr(key, '.');
    return arena_printf(keep, "--%s", point ? point + 1 : key);
}

/* Which sales a report holds no option says. */
static bool needs_study(const struct err *e, const char *preset, struct arena *keep,
                        struct err *err)
{
    return err_at(
        err, ERR_USAGE,
        &(struct problem){
            .column = "--preset",
            .value = preset,
            .what = "needs a study file, which says by keep: what is a sale",
            .mend = arena_printf(keep, "write 'preset: %s' there, and %s", preset, e->mend)});
}

/* The same complaint about an option. */
static bool as_usage(const struct err *e, const char *preset, struct arena *keep, struct err *err)
{
    if (preset && strcmp(e->column, "ledgers.keep") == 0)
        return needs_study(e, preset, keep, err);
    return err_at(err, ERR_USAGE,
                  &(struct problem){.column = *e->column ? option_of(e->column, keep) : NULL,
                                    .value = *e->value ? e->value : NULL,
                                    .what = e->what,
                                    .mend = *e->mend ? e->mend : NULL});
}

bool typed_study(const struct typed_ledger *typed, const char *const files[], size_t n_files,
                 struct study *study, struct arena *keep, struct err *err)
{
    const char *entry = entry_of(typed, keep), *entries = "";
    struct err of_study = {.code = ERR_NONE};
    for (size_t i = 0; i < n_files; i++)
        entries = arena_printf(keep, "%s%s{%s}", entries, i ? ", " : "", entry);
    const char *text = arena_printf(keep, "study: {name: ledger}\nledgers: [%s]\n", entries);
    const struct study *s = study_from_bytes("(command line)", text, strlen(text), keep, &of_study);
    if (!s)
        return as_usage(&of_study, typed->preset, keep, err);
    *study = *s;
    study->tree = NULL; /* it has no lines to tell of */
    for (size_t i = 0; i < n_files; i++)
        study->ledgers[i].file = files[i];
    return true;
}

/* ---- files that look like a known export ---- */

static bool leaves_open(const struct preset *p, const char *key)
{
    for (size_t i = 0; i < p->n_declare; i++)
        if (strncmp(p->declare[i], key, strlen(key)) == 0)
            return true;
    return false;
}

/* "it looks like shopify_orders: --preset=shopify_orders --currency=CODE" */
static const char *hint_of(const struct preset *p, const struct typed_ledger *typed,
                           const char *file, struct arena *keep)
{
    const char *looks = arena_printf(keep, "%s looks like %s", file, p->name);
    if (leaves_open(p, "keep:"))
        return arena_printf(keep, "%s, which a study file reads: preset: %s", looks, p->name);
    return arena_printf(keep, "%s: --preset=%s%s", looks, p->name,
                        !typed->currency && leaves_open(p, "currency:") ? " --currency=CODE" : "");
}

bool typed_hint(const struct typed_ledger *typed, const char *const files[], size_t n_files,
                struct err *err)
{
    const bool of_content =
        err->code == ERR_COLUMN || err->code == ERR_SYNTAX || err->code == ERR_VALUE;
    struct arena *scratch = arena_new();
    const struct preset *p = NULL;
    size_t i = 0;
    for (; of_content && i < n_files && !p; i++)
        p = strcmp(files[i], "-") == 0 ? NULL : sample_preset_of(files[i], scratch);
    if (p && !(typed->preset && strcmp(typed->preset, p->name) == 0)) {
        const struct err old = *err;
        const char *hint = hint_of(p, typed, n_files > 1 ? files[i - 1] : "it", scratch);
        *err = (struct err){.code = ERR_NONE};
        err_at(err, old.code,
               &(struct problem){.file = *old.file ? old.file : NULL,
                                 .line = old.line,
                                 .column = *old.column ? old.column : NULL,
                                 .value = *old.value ? old.value : NULL,
                                 .what = old.what,
                                 .mend = *old.mend ? arena_printf(scratch, "%s; %s", hint, old.mend)
                                                   : hint});
    }
    arena_free(scratch);
    return false;
}
