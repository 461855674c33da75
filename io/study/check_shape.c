/* SPDX-License-Identifier: GPL-3.0-or-later
   Ledgers that are no plain table: rows:, party:, the period of dates without a year, and amounts
   that repeat on each line of a document. */
#include <string.h>

#include "io/shape/period.h"
#include "io/study/check.h"
#include "io/text/parse.h"

enum { MOST_LINES = 1 << 20 };

static bool check_rows(const struct check *c, const struct yaml_tree *rows,
                       const struct raw_ledger *raw, struct study_ledger *l)
{
    const struct yaml_tree *skip = yaml_find(rows, "skip");
    int64_t lines = 0;
    l->rows = raw->rows.rows;
    l->rows.declared = rows != NULL;
    if (skip && !check_whole(c, skip, 0, MOST_LINES, &lines))
        return false;
    l->rows.skip = (uint64_t)lines;
    return check_unique(c, yaml_find(rows, "header")) &&
           check_unique(c, yaml_find(rows, "totals")) &&
           check_unique(c, yaml_find(rows, "fill_down"));
}

static bool check_party(const struct check *c, const struct yaml_tree *party,
                        const struct raw_ledger *raw, struct study_ledger *l)
{
    const struct yaml_tree *range = yaml_find(party, "range");
    l->party = raw->party.party;
    if (!party)
        return true;
    if (!check_unique(c, yaml_find(party, "columns")) ||
        !check_whole(c, yaml_at(range, 0), 0, INT64_MAX, &l->party.low) ||
        !check_whole(c, yaml_at(range, 1), 0, INT64_MAX, &l->party.high))
        return false;
    return l->party.low <= l->party.high ||
           wrong(c, range, "does not go from low to high",
                 "write the first and the last account of customers: [10000, 69999]");
}

static const char *problem_with_year(const struct check *c, const char *format)
{
    return date_format_problem(arena_printf(c->scratch, "%%Y %s", format));
}

/* A format that, but for the year, is one. */
static bool check_short_format(const struct check *c, const struct yaml_tree *date)
{
    const struct yaml_tree *format = yaml_find(date, "format");
    static const char mend[] = "write a day and a month, as in \"%d%m\" or \"%d.%m.\"";
    if (!format)
        return wrong_without(c, date, "format", "the key is missing",
                             "period: is for dates without a year; add 'format: \"%d%m\"', or "
                             "take period: out");
    if (!date_format_problem(format->text))
        return wrong(c, format, "has a year, so that no period: is needed",
                     "take period: out, or %Y out of the format");
    const char *problem = problem_with_year(c, format->text);
    return !problem ||
           wrong(c, format, arena_printf(c->scratch, "is no date format: %s", problem), mend);
}

/* The year may be told elsewhere. */
static bool check_year(const struct check *c, const struct yaml_tree *format)
{
    if (!format || !date_format_problem(format->text) || problem_with_year(c, format->text))
        return true;
    return wrong(c, format, "is no date format: has no year: %Y, %y or %F",
                 "write as in \"%d.%m.%Y\"; where the file has no years, declare the days that it "
                 "covers: period: {from: 2021-01-01, to: 2021-12-31}");
}

static bool check_period_days(const struct check *c, const struct yaml_tree *t,
                              struct study_period *p)
{
    const struct yaml_tree *from = yaml_find(t, "from"), *to = yaml_find(t, "to");
    static const char mend[] = "write year-month-day: 2021-01-01; or declare row: and the cells "
                               "of it that hold the period";
    if (!parse_iso_date(from->text, strlen(from->text), &p->from))
        return wrong(c, from, "is no date", mend);
    if (!parse_iso_date(to->text, strlen(to->text), &p->to))
        return wrong(c, to, "is no date", mend);
    if (p->from > p->to)
        return wrong(c, to, "is before from:", "both days belong to the period");
    return !period_is_long(p) || wrong(c, to, period_long_what, period_long_mend);
}

static bool check_cells(const struct check *c, const struct yaml_tree *t, struct study_period *p)
{
    int64_t row, from, to;
    if (!check_whole(c, yaml_find(t, "row"), 1, MOST_LINES, &row) ||
        !check_whole(c, yaml_find(t, "from"), 1, MOST_LINES, &from) ||
        !check_whole(c, yaml_find(t, "to"), 1, MOST_LINES, &to))
        return false;
    p->row = (uint64_t)row;
    p->from_cell = (size_t)from;
    p->to_cell = (size_t)to;
    return true;
}

static bool check_period(const struct check *c, const struct yaml_tree *date,
                         struct study_ledger *l)
{
    const struct yaml_tree *t = yaml_find(date, "period"), *returns = yaml_find(date, "returns");
    l->period.declared = t != NULL;
    if (t && returns)
        return wrong(c, returns, "needs days with a year, and those with a period: have none",
                     "take returns: out: a return then counts on its own day");
    if (!t)
        return check_year(c, yaml_find(date, "format"));
    return check_short_format(c, date) &&
           (yaml_find(t, "row") ? check_cells(c, t, &l->period)
                                : check_period_days(c, t, &l->period));
}

static bool check_once(const struct check *c, const struct yaml_tree *amount)
{
    const struct yaml_tree *t = yaml_find(amount, "once_per");
    return !t || yaml_find(amount, "column") ||
           wrong(c, t, "is read with an amount in one column only",
                 "declare 'column: ...', or take once_per: out");
}

bool check_shape(const struct check *c, const struct yaml_tree *entry, const struct raw_ledger *raw,
                 struct study_ledger *l)
{
    return check_rows(c, yaml_find(entry, "rows"), raw, l) &&
           check_party(c, yaml_find(entry, "party"), raw, l) &&
           check_period(c, yaml_find(entry, "date"), l) &&
           check_once(c, yaml_find(entry, "amount"));
}
