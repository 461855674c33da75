/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/ledger_plan.h"

#include <string.h>

#include "models/base/nearest.h"

bool ledger_matches(const struct texts *values, struct slice text)
{
    for (size_t i = 0; i < values->n; i++) {
        const char *value = values->at[i];
        const size_t n = strlen(value);
        if (n > 0 && value[n - 1] == '*') {
            if (text.length >= n - 1 && memcmp(text.text, value, n - 1) == 0)
                return true;
        } else if (text.length == n && memcmp(text.text, value, n) == 0) {
            return true;
        }
    }
    return false;
}

/* "did you mean 'Kunde'?", or the names there are, or another delimiter. */
static const char *mend_column(const struct ledger_plan *p, const char *name, struct arena *keep)
{
    enum { TOLD = 12 };
    const char *meant = nearest(name, p->columns, p->n_named), *names = "its columns are ";
    const char *mark = p->n_named == 1 ? strpbrk(p->columns[0], ",;|\t") : NULL;
    if (mark)
        return arena_printf(keep, "its only column is '%s': declare delimiter: %s", p->columns[0],
                            *mark == '\t' ? "tab" : arena_printf(keep, "\"%c\"", *mark));
    if (meant)
        return arena_printf(keep, "did you mean '%s'?", meant);
    for (size_t i = 0; i < p->n_named && i < TOLD; i++)
        names = arena_printf(keep, "%s%s%s", names, i ? ", " : "", p->columns[i]);
    return p->n_named > TOLD ? arena_printf(keep, "%s, ...", names) : names;
}

/* "date.column" as it is written: "date: {column: ...}". */
static const char *declaration(const char *key, struct arena *keep)
{
    const char *dot = strchr(key, '.');
    if (!dot)
        return arena_printf(keep, "'%s: ...'", key);
    return arena_printf(keep, "'%.*s: {%s: ...}'", (int)(dot - key), key, dot + 1);
}

/* The file is of another version or language, or of another program. */
static const char *mend_preset(const char *mend, const char *key, struct arena *keep)
{
    const size_t n = strlen(mend);
    return arena_printf(keep, "%s%s declare %s beside preset:, or another preset", mend,
                        n > 0 && mend[n - 1] == '?' ? "" : ";", declaration(key, keep));
}

static bool column_problem(const struct ledger_plan *p, const struct study *study, const char *key,
                           const char *name, size_t n_found, struct arena *keep, struct err *err)
{
    const bool by_study = study->path != NULL;
    const char *preset = by_study ? study_preset(study, "ledgers", p->ledger, key) : NULL;
    struct problem problem = {.file = by_study ? study->path : p->file,
                              .line = by_study ? study_line(study, "ledgers", p->ledger, key) : 0,
                              .column = key,
                              .value = name};
    if (n_found > 1) {
        problem.what = arena_printf(keep, "is the name of %zu columns of %s", n_found, p->file);
        problem.mend = "give each column of the file its own name";
    } else {
        problem.what = arena_printf(keep, "is no column of %s", p->file);
        problem.mend = mend_column(p, name, keep);
    }
    if (preset) {
        problem.what = arena_printf(keep, "%s (preset %s)", problem.what, preset);
        problem.mend = mend_preset(problem.mend, key, keep);
    }
    return err_at(err, n_found > 1 ? ERR_SYNTAX : ERR_COLUMN, &problem);
}

static bool find_column(const struct ledger_plan *p, const struct study *study, const char *key,
                        const char *name, int32_t *column, struct arena *keep, struct err *err)
{
    size_t n_found = 0;
    *column = NO_COLUMN;
    if (!name)
        return true;
    for (size_t i = p->n_named; i-- > 0;)
        if (strcmp(p->columns[i], name) == 0) {
            *column = (int32_t)i;
            n_found++;
        }
    return n_found == 1 || column_problem(p, study, key, name, n_found, keep, err);
}

static enum money_sign sign_of(enum amount_sign declared)
{
    switch (declared) {
    case AMOUNT_LEADING:
    case AMOUNT_DEBIT_CREDIT:
        return SIGN_LEADING;
    case AMOUNT_TRAILING:
        return SIGN_TRAILING;
    case AMOUNT_PARENTHESES:
        return SIGN_PARENTHESES;
    case AMOUNT_INDICATOR:
    case AMOUNT_BY_TYPE:
        break;
    }
    return SIGN_NONE;
}

bool ledger_plan_make(struct ledger_plan *p, const struct study *study, size_t ledger,
                      struct arena *keep, struct err *err)
{
    const struct study_ledger *l = &study->ledgers[ledger];
    p->declared = l;
    p->ledger = ledger;
    p->money = (struct money_format){.decimal = l->decimal ? l->decimal[0] : '.',
                                     .thousands = l->thousands,
                                     .sign = sign_of(l->amount.sign),
                                     .decimals = l->decimals};
    if (l->currency_keep)
        p->currency = (struct slice){l->currency_keep, (uint32_t)strlen(l->currency_keep)};
    p->longest_key = SIZE_MAX;
    p->negate_returns = l->amount.sign == AMOUNT_BY_TYPE;
#define X(code, key, name)                                              \
    if (!find_column(p, study, key, name, &p->column[code], keep, err)) \
        return false;
    LEDGER_ROLE_LIST(X)
#undef X
    int32_t *drop = ARENA_NEW(keep, int32_t, l->n_drop);
    for (size_t i = 0; i < l->n_drop; i++)
        if (!find_column(p, study, "drop", l->drop[i].column, &drop[i], keep, err))
            return false;
    p->drop = drop;
    return true;
}
