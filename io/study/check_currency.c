/* SPDX-License-Identifier: GPL-3.0-or-later
   The currency of a ledger's amounts, and the rates of those in others. */
#include <string.h>

#include "io/study/check.h"
#include "io/text/parse.h"

enum { USUAL_AGE = 7 }; /* days: over holidays a week passes without a rate */

/* What is read only where amounts are converted. */
static const char *const rate_keys[] = {"rates",           "quote",         "max_age",
                                        "rates_delimiter", "rates_decimal", "rates_sheet"};

/* Amounts stay in their currency: nothing of rates may stand there. */
static bool check_without_rates(const struct check *c, const struct yaml_tree *t)
{
    for (size_t i = 0; i < sizeof rate_keys / sizeof *rate_keys; i++) {
        const struct yaml_tree *key = yaml_find(t, rate_keys[i]);
        if (key)
            return wrong(c, key, "is not read without to:",
                         "add 'to: EUR', the currency that amounts are converted to");
    }
    return !t || yaml_find(t, "keep") ||
           wrong_without(c, t, "keep", "the key is missing",
                         "add 'keep: EUR', or 'to: EUR' and 'rates: ...'");
}

static bool check_rates(const struct check *c, const struct yaml_tree *t, struct study_rates *r)
{
    static const char *const mark[] = {".", ","};
    const struct yaml_tree *decimal = yaml_find(t, "rates_decimal"), *age = yaml_find(t, "max_age");
    if (!r->file)
        return wrong_without(c, t, "rates", "the key is missing",
                             "add 'rates: rates.csv', a file with the columns date, currency and "
                             "rate");
    if (!yaml_find(t, "quote"))
        return wrong_without(c, t, "quote", "the key is missing",
                             "add 'quote: home_per_unit' where a rate of USD says what a dollar "
                             "is worth, or 'quote: units_per_home' where it says how many dollars "
                             "one gets");
    if (!decimal)
        r->decimal = ".";
    else if (!check_word(c, decimal, mark, 2, "is no decimal mark"))
        return false;
    r->max_age = USUAL_AGE;
    if (!check_delimiter(c, t, "rates_delimiter", &r->delimiter) ||
        (age && !check_days(c, age, &r->max_age)))
        return false;
    return r->max_age >= 0 || wrong(c, age, "is no age", "write 0d for the rate of the day alone");
}

/* The code in capitals, where it is one in small letters: exports of Stripe have "usd". */
static const char *capital_code(const struct check *c, const char *code)
{
    char *capitals = code ? arena_strdup(c->keep, code) : NULL;
    for (char *p = capitals; p && *p; p++)
        if (*p >= 'a' && *p <= 'z')
            *p = (char)(*p - 'a' + 'A');
    return capitals && currency_decimals(capitals) >= 0 ? capitals : code;
}

static bool check_converted(const struct check *c, const struct yaml_tree *t,
                            const struct raw_ledger *raw, struct study_ledger *l, int64_t *digits)
{
    const struct yaml_tree *to = yaml_find(t, "to"), *keep = yaml_find(t, "keep");
    if (keep)
        return wrong(c, keep, "does not go with to:",
                     "leave one out: amounts in other currencies are left out or converted");
    l->currency_to = capital_code(c, raw->currency.to);
    if (currency_decimals(l->currency_to) < 0)
        return wrong(c, to, "is no ISO 4217 currency code", "write it as EUR");
    if (*digits < 0)
        *digits = currency_decimals(l->currency_to);
    l->rates = raw->currency.rates;
    return check_rates(c, t, &l->rates);
}

bool check_currency(const struct check *c, const struct yaml_tree *entry,
                    const struct raw_ledger *raw, struct study_ledger *l)
{
    const struct yaml_tree *decimals = yaml_find(entry, "decimals");
    const struct yaml_tree *t = yaml_find(entry, "currency"), *keep = yaml_find(t, "keep");
    int64_t digits = -1;
    l->currency_column = raw->currency.column;
    l->currency_keep = capital_code(c, raw->currency.keep);
    if (decimals && !check_whole(c, decimals, 0, 6, &digits))
        return false;
    if (yaml_find(t, "to") ? !check_converted(c, t, raw, l, &digits) : !check_without_rates(c, t))
        return false;
    if (digits < 0)
        digits = keep ? currency_decimals(l->currency_keep) : 2;
    l->decimals = (int)digits;
    return digits >= 0 || wrong(c, keep, "is no ISO 4217 currency code",
                                "declare 'decimals: 2' beside currency: if the column says it so");
}
