/* SPDX-License-Identifier: GPL-3.0-or-later
   Surveys, customers and ledgers: how the files of a study are written. */
#include <iconv.h>
#include <string.h>
#include <strings.h>

#include "io/ledger/pattern.h"
#include "io/study/check.h"
#include "io/survey/format.h"
#include "io/text/parse.h"

/* ---- what all files have ---- */

bool check_delimiter(const struct check *c, const struct yaml_tree *entry, const char *key,
                     const char **delimiter)
{
    const struct yaml_tree *t = yaml_find(entry, key);
    if (!t)
        *delimiter = ",";
    else if (!study_delimiter(t->text))
        return wrong(c, t, "is no delimiter", "write \",\" \";\" \"|\" or tab");
    return true;
}

static bool known_encoding(const char *name)
{
    static const char legal[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:-";
    if (name[strspn(name, legal)])
        return false;
    iconv_t converter = iconv_open("UTF-8", name);
    if (converter == (iconv_t)-1)
        return false;
    iconv_close(converter);
    return true;
}

static bool check_encoding(const struct check *c, const struct yaml_tree *entry,
                           const char **encoding)
{
    const struct yaml_tree *t = yaml_find(entry, "encoding");
    if (!t)
        return true;
    if (strcasecmp(t->text, "UTF-8") == 0 || strcasecmp(t->text, "UTF8") == 0)
        *encoding = NULL;
    else if (!known_encoding(t->text))
        return wrong(c, t, "is no encoding that this machine knows",
                     "UTF-8, CP1252 (Windows), ISO-8859-15 and UTF-16 are common; leave the key "
                     "out for UTF-8");
    return true;
}

static bool check_date_format(const struct check *c, const struct yaml_tree *t)
{
    const char *problem = t ? date_format_problem(t->text) : NULL;
    return !problem || wrong(c, t, arena_printf(c->scratch, "is no date format: %s", problem),
                             "write as in \"%d.%m.%Y\" or \"%Y-%m-%d %H:%M:%S\"");
}

/* Rows to keep or to drop: a value that stands twice is a slip. */
static bool check_filters(const struct check *c, const struct yaml_tree *list)
{
    for (const struct yaml_tree *t = list ? list->first : NULL; t; t = t->next)
        if (!check_unique(c, yaml_find(t, "values")))
            return false;
    return true;
}

/* Values that may be ranges of numbers: one that nothing fits is a slip. */
static bool check_ranges(const struct check *c, const struct yaml_tree *list)
{
    for (const struct yaml_tree *t = list ? list->first : NULL; t; t = t->next)
        if (pattern_is_empty(t->text))
            return wrong(c, t, "is a range of no numbers", "write the lower number first");
    return true;
}

/* ---- surveys ---- */

static bool check_format(const struct check *c, const struct yaml_tree *t, const char **format)
{
    static const char *const word[] = {
#define X(word, gloss) #word,
        SURVEY_FORMAT_LIST(X)
#undef X
    };
    if (!t)
        *format = word[0];
    return !t || check_word(c, t, word, sizeof word / sizeof *word, "is no survey format");
}

bool check_surveys(const struct check *c, struct study *s)
{
    const struct yaml_tree *list = yaml_find(c->tree, "surveys");
    for (size_t i = 0; i < s->n_surveys; i++) {
        const struct yaml_tree *t = yaml_at(list, i);
        struct study_survey *v = &s->surveys[i];
        if (!check_format(c, yaml_find(t, "format"), &v->format) ||
            !check_delimiter(c, t, "delimiter", &v->delimiter) ||
            !check_encoding(c, t, &v->encoding) ||
            !check_date_format(c, yaml_find(t, "date_format")) ||
            !check_filters(c, yaml_find(t, "keep")))
            return false;
        /* Declared, it takes the place of what an SPSS or Stata file says of itself. */
        if (yaml_find(t, "encoding") && !v->encoding)
            v->encoding = "UTF-8";
    }
    return check_waves(c, s);
}

bool check_customers(const struct check *c, struct study *s)
{
    const struct yaml_tree *t = yaml_find(c->tree, "customers");
    return !t || (check_delimiter(c, t, "delimiter", &s->customers.delimiter) &&
                  check_encoding(c, t, &s->customers.encoding));
}

/* Which accounts are whose: a table beside the others. */
bool check_mapping(const struct check *c, struct study *s)
{
    const struct yaml_tree *t = yaml_find(yaml_find(c->tree, "join"), "mapping");
    struct study_mapping *m = &s->join.mapping;
    if (!t)
        return true;
    if (strcmp(m->respondent, m->account) == 0)
        return wrong(c, yaml_find(t, "account"), "is the column of the respondents",
                     "name the column with the customers' ids");
    return check_delimiter(c, t, "delimiter", &m->delimiter) && check_encoding(c, t, &m->encoding);
}

/* ---- ledgers ---- */

static bool check_marks(const struct check *c, const struct yaml_tree *entry,
                        struct study_ledger *l)
{
    const struct yaml_tree *decimal = yaml_find(entry, "decimal");
    const struct yaml_tree *thousands = yaml_find(entry, "thousands");
    static const char *const mark[] = {".", ",", "'", " ", "indian"};
    if (!decimal)
        l->decimal = ".";
    else if (!check_word(c, decimal, mark, 2, "is no decimal mark"))
        return false;
    if (!thousands)
        return true;
    if (!check_word(c, thousands, mark, 5, "is no thousands mark"))
        return false;
    if (strcmp(thousands->text, "indian") == 0 && strcmp(l->decimal, ",") == 0)
        return wrong(c, thousands, "parts groups by ',', which is the decimal mark",
                     "leave decimal: out, or declare another thousands:");
    return strcmp(l->decimal, thousands->text) != 0 ||
           wrong(c, thousands, "is the decimal mark as well",
                 decimal ? "declare two different marks, or leave thousands: out"
                         : "declare decimal: as well, or leave thousands: out");
}

/* Which keys of amount: each word of sign: reads.  '+' needed, '-' not read, ' ' may stand. */
struct amount_keys {
    const char *sign;
    char column, debit, credit, indicator, negative, refunded;
};

static const struct amount_keys amount_keys[] = {
    [AMOUNT_LEADING] = {"leading", '+', '-', '-', '-', '-', ' '},
    [AMOUNT_TRAILING] = {"trailing", '+', '-', '-', '-', '-', ' '},
    [AMOUNT_PARENTHESES] = {"parentheses", '+', '-', '-', '-', '-', ' '},
    [AMOUNT_DEBIT_CREDIT] = {"debit_credit", '-', '+', '+', '-', '-', '-'},
    [AMOUNT_INDICATOR] = {"indicator", '+', '-', '-', '+', '+', ' '},
    [AMOUNT_BY_TYPE] = {"by_type", '+', '-', '-', '-', '-', ' '},
    [AMOUNT_CR_DR] = {"cr_dr", '+', '-', '-', '-', ' ', ' '},
    [AMOUNT_REVERSED] = {"reversed", '+', '-', '-', '-', '-', '-'},
};

static bool check_amount_key(const struct check *c, const struct yaml_tree *amount, const char *key,
                             char rule, const char *sign)
{
    const struct yaml_tree *t = yaml_find(amount, key);
    if (rule == '+' && !t)
        return wrong_without(c, amount, key, "the key is missing",
                             arena_printf(c->scratch, "sign: %s needs '%s: ...'", sign, key));
    if (rule == '-' && t)
        return wrong(c, t, arena_printf(c->scratch, "is not read with sign: %s", sign),
                     "leave the key out, or declare another sign:");
    return true;
}

/* The one word that stands behind negative amounts. */
static bool check_sign_word(const struct check *c, const struct yaml_tree *list)
{
    static const char *const word[] = {
#define X(minus, plus) minus,
        AMOUNT_WORD_LIST(X)
#undef X
    };
    if (!list)
        return true;
    if (list->n > 1)
        return wrong(c, list, "names more than one word",
                     "name the word behind negative amounts: [CR]");
    return check_word(c, list->first, word, sizeof word / sizeof *word,
                      "is no word for the sign of an amount");
}

static bool check_amount(const struct check *c, const struct yaml_tree *entry,
                         const struct study_ledger *l)
{
    const struct yaml_tree *t = yaml_find(entry, "amount");
    const struct amount_keys *k = &amount_keys[l->amount.sign];
    if (!check_amount_key(c, t, "column", k->column, k->sign) ||
        !check_amount_key(c, t, "debit", k->debit, k->sign) ||
        !check_amount_key(c, t, "credit", k->credit, k->sign) ||
        !check_amount_key(c, t, "indicator", k->indicator, k->sign) ||
        !check_amount_key(c, t, "negative", k->negative, k->sign) ||
        !check_amount_key(c, t, "refunded", k->refunded, k->sign))
        return false;
    if (l->amount.sign == AMOUNT_CR_DR && !check_sign_word(c, yaml_find(t, "negative")))
        return false;
    if (l->amount.sign == AMOUNT_BY_TYPE && !l->type.returned.n)
        return wrong(c, yaml_find(t, "sign"), "needs to know which types are returns",
                     "add 'type: {column: ..., sale: [...], return: [...]}'");
    return check_unique(c, yaml_find(t, "negative"));
}

/* A document type is one thing only. */
static bool check_types(const struct check *c, const struct yaml_tree *type)
{
    static const char *const kind[] = {"sale", "return", "payment", "ignore"};
    for (size_t i = 0; i < 4; i++) {
        const struct yaml_tree *list = yaml_find(type, kind[i]);
        if (!check_unique(c, list) || !check_ranges(c, list))
            return false;
        for (const struct yaml_tree *t = list ? list->first : NULL; t; t = t->next)
            for (size_t j = 0; j < i; j++) {
                const struct yaml_tree *other = yaml_find(type, kind[j]);
                for (const struct yaml_tree *u = other ? other->first : NULL; u; u = u->next)
                    if (strcmp(t->text, u->text) == 0)
                        return wrong(c, t,
                                     arena_printf(c->scratch, "stands under %s: too", kind[j]),
                                     "a document type is one of sale, return, payment, ignore");
            }
    }
    return true;
}

static bool check_ledger_filters(const struct check *c, const struct yaml_tree *entry)
{
    static const char *const key[] = {"drop", "keep", "reversed"};
    for (size_t i = 0; i < sizeof key / sizeof *key; i++) {
        const struct yaml_tree *list = yaml_find(entry, key[i]);
        if (!check_filters(c, list))
            return false;
        for (const struct yaml_tree *t = list ? list->first : NULL; t; t = t->next)
            if (!check_ranges(c, yaml_find(t, "values")))
                return false;
    }
    return true;
}

static bool check_coverage(const struct check *c, const struct yaml_tree *entry,
                           const struct raw_ledger *raw, struct study_ledger *l)
{
    const struct yaml_tree *coverage = yaml_find(entry, "coverage");
    const struct yaml_tree *from = yaml_find(coverage, "from"), *to = yaml_find(coverage, "to");
    static const char mend[] = "write year-month-day: 2025-03-01";
    int32_t first = 0, last = 0;
    l->coverage_from = raw->coverage.from;
    l->coverage_to = raw->coverage.to;
    if (from && !parse_iso_date(from->text, strlen(from->text), &first))
        return wrong(c, from, "is no date", mend);
    if (to && !parse_iso_date(to->text, strlen(to->text), &last))
        return wrong(c, to, "is no date", mend);
    return !from || !to || first <= last ||
           wrong(c, to, "is before from:", "both days belong to the coverage");
}

static bool check_ledger(const struct check *c, const struct yaml_tree *t,
                         const struct raw_ledger *raw, struct study_ledger *l)
{
    *l = raw->ledger;
    l->date = raw->date.column;
    l->date_format = raw->date.format;
    l->date_returns = raw->date.returns;
    return check_delimiter(c, t, "delimiter", &l->delimiter) &&
           check_encoding(c, t, &l->encoding) && check_marks(c, t, l) &&
           check_shape(c, t, raw, l) &&
           (l->period.declared ||
            check_date_format(c, yaml_find(yaml_find(t, "date"), "format"))) &&
           check_amount(c, t, l) && check_types(c, yaml_find(t, "type")) &&
           check_currency(c, t, raw, l) && check_ledger_filters(c, t) &&
           check_coverage(c, t, raw, l);
}

/* All ledgers go into the same sums: one currency, one minor unit. */
static bool check_one_currency(const struct check *c, const struct yaml_tree *t,
                               const struct study_ledger *first, const struct study_ledger *l)
{
    const char *a = study_currency(first), *b = study_currency(l);
    if (a && b && strcmp(a, b) != 0)
        return wrong(
            c, yaml_find(yaml_find(t, "currency"), l->currency_keep ? "keep" : "to"),
            arena_printf(c->scratch, "is another currency than '%s' of the first ledger", a),
            "a study sums one currency: convert the amounts, or make two studies");
    if (first->decimals != l->decimals)
        return wrong(c, t,
                     arena_printf(c->scratch, "has amounts of %d decimals, the first ledger of %d",
                                  l->decimals, first->decimals),
                     "declare the same decimals: for all ledgers of one currency");
    return true;
}

bool check_ledgers(const struct check *c, const struct raw_study *raw, struct study *s)
{
    const struct yaml_tree *list = yaml_find(c->tree, "ledgers");
    s->n_ledgers = raw->n_ledgers;
    s->ledgers = ARENA_NEW(c->keep, struct study_ledger, raw->n_ledgers);
    for (size_t i = 0; i < s->n_ledgers; i++)
        if (!check_ledger(c, yaml_at(list, i), &raw->ledgers[i], &s->ledgers[i]) ||
            !check_one_currency(c, yaml_at(list, i), &s->ledgers[0], &s->ledgers[i]))
            return false;
    return true;
}
