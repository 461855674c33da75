/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/ledger/plan.h"

#include <string.h>

#include "io/study/preset_merge.h"
#include "models/base/nearest.h"

/* The one name of a line of names, NULL where there are several. */
static const char *only_name(const struct ledger_plan *p)
{
    const char *only = NULL;
    for (size_t i = 0; i < p->n_named; i++) {
        const char *name = p->columns[i];
        if (!name[strspn(name, " \t")] || strncmp(name, "(column ", 8) == 0)
            continue;
        if (only)
            return NULL;
        only = name;
    }
    return only;
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
    if (only_name(p))
        return arena_printf(keep,
                            "its only column is '%s': if that is a title above the header, name "
                            "columns of the header under rows: header:",
                            only_name(p));
    for (size_t i = 0; i < p->n_named && i < TOLD; i++)
        names = arena_printf(keep, "%s%s%s", names, i ? ", " : "", p->columns[i]);
    return p->n_named > TOLD ? arena_printf(keep, "%s, ...", names) : names;
}

static bool column_problem(const struct ledger_plan *p, const struct study *study, const char *key,
                           const char *name, size_t n_found, struct arena *keep, struct err *err)
{
    const bool by_study = study->path != NULL;
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
    preset_problem(&problem, study, p->ledger, key, keep);
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
    case AMOUNT_CR_DR:
        return SIGN_WORDS;
    case AMOUNT_LEADING:
    case AMOUNT_DEBIT_CREDIT:
    case AMOUNT_REVERSED:
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

static bool has_column(const struct ledger_plan *p, const char *name)
{
    for (size_t i = 0; i < p->n_named; i++)
        if (strcmp(p->columns[i], name) == 0)
            return true;
    return false;
}

/* Columns of reversals.  Those of a preset are of several versions of an export, and a file has
   some of them or none; one that the user names must be there. */
static bool find_reversed(struct ledger_plan *p, const struct study *study, struct arena *keep,
                          struct err *err)
{
    const struct study_ledger *l = p->declared;
    const bool own = study->path && !study_preset(study, "ledgers", p->ledger, "reversed");
    int32_t *found = ARENA_NEW(keep, int32_t, l->n_reversed);
    for (size_t i = 0; i < l->n_reversed; i++) {
        found[i] = NO_COLUMN;
        if ((own || has_column(p, l->reversed[i].column)) &&
            !find_column(p, study, "reversed", l->reversed[i].column, &found[i], keep, err))
            return false;
    }
    p->reversed = found;
    return true;
}

/* Which filters' columns are which of the file. */
static bool find_filters(const struct ledger_plan *p, const struct study *study, const char *key,
                         const struct study_filter *filter, size_t n, const int32_t **columns,
                         struct arena *keep, struct err *err)
{
    int32_t *found = ARENA_NEW(keep, int32_t, n);
    for (size_t i = 0; i < n; i++)
        if (!find_column(p, study, key, filter[i].column, &found[i], keep, err))
            return false;
    *columns = found;
    return true;
}

struct money_format ledger_money_format(const struct study_ledger *l)
{
    static const struct {
        const char *minus, *plus;
    } words[] = {
#define X(negative, positive) {negative, positive},
        AMOUNT_WORD_LIST(X)
#undef X
    };
    const bool indian = l->thousands && strcmp(l->thousands, "indian") == 0;
    struct money_format f = {.decimal = l->decimal ? l->decimal[0] : '.',
                             .thousands = indian ? "," : l->thousands,
                             .indian = indian,
                             .sign = sign_of(l->amount.sign),
                             .decimals = l->decimals,
                             .currency = study_currency(l)};
    for (size_t i = 0; f.sign == SIGN_WORDS && i < sizeof words / sizeof *words; i++)
        if (l->amount.negative.n > 0 && strcmp(l->amount.negative.at[0], words[i].minus) == 0) {
            f.minus = words[i].minus;
            f.plus = words[i].plus;
        }
    return f;
}

/* The rates, and how amounts of each currency are written. */
static bool read_rates(struct ledger_plan *p, const struct study *study, struct arena *keep,
                       struct err *err)
{
    const struct study_ledger *l = p->declared;
    if (!l->currency_to)
        return true;
    const char *path = study->path ? study_path(study, l->rates.file, keep) : l->rates.file;
    p->rates = rates_read(l, path, keep, err);
    if (!p->rates)
        return false;
    struct money_format *f = ARENA_NEW(keep, struct money_format, p->rates->n);
    for (size_t i = 0; i < p->rates->n; i++) {
        const struct currency_rates *c = &p->rates->currency[i];
        f[i] = p->money;
        f[i].currency = c->code;
        f[i].decimals = c->home ? l->decimals : c->decimals;
    }
    p->money_of = f;
    return true;
}

bool ledger_plan_make(struct ledger_plan *p, const struct study *study, size_t ledger,
                      struct arena *keep, struct err *err)
{
    const struct study_ledger *l = &study->ledgers[ledger];
    p->declared = l;
    p->ledger = ledger;
    p->money = ledger_money_format(l);
    if (l->currency_keep)
        p->currency = (struct slice){l->currency_keep, (uint32_t)strlen(l->currency_keep)};
    p->longest_key = SIZE_MAX;
    p->negate_returns = l->amount.sign == AMOUNT_BY_TYPE;
#define X(code, key, name)                                              \
    if (!find_column(p, study, key, name, &p->column[code], keep, err)) \
        return false;
    LEDGER_ROLE_LIST(X)
#undef X
    return find_filters(p, study, "drop", l->drop, l->n_drop, &p->drop, keep, err) &&
           find_filters(p, study, "keep", l->keep, l->n_keep, &p->keep, keep, err) &&
           find_reversed(p, study, keep, err) && read_rates(p, study, keep, err);
}
