/* SPDX-License-Identifier: GPL-3.0-or-later
   Days as year-month-day: those without a year, and those of a workbook. */
#include "io/shape/period.h"
#include "io/shape/steps.h"
#include "io/study/preset_merge.h"
#include "io/text/looks.h"

static const char iso[] = "%Y-%m-%d";

static const char *format_of(const struct shape *s)
{
    return s->declared->date_format ? s->declared->date_format : iso;
}

/* ---- the period ---- */

static bool day_of_title(const struct record_cell *c, int32_t *day)
{
    const struct slice text = trimmed(c);
    return parse_date(text.text, text.length, "%Y%m%d", day) ||
           parse_iso_date(text.text, text.length, day);
}

static bool title_wrong(const struct shape *s, size_t cell, const struct record_cell *c,
                        const char *what, const char *mend, struct err *err)
{
    const char *place = records_place(s->records, cell - 1, s->own);
    struct problem problem = {.file = s->file,
                              .line = s->line,
                              .column = place ? place : arena_printf(s->own, "cell %zu", cell),
                              .value = c ? c->text : NULL,
                              .what = what,
                              .mend = mend};
    preset_problem(&problem, s->study, s->ledger, "date.period", s->own);
    return err_at(err, ERR_SYNTAX, &problem);
}

static bool take_end(struct shape *s, const struct record_cell *cells, size_t n, size_t cell,
                     int32_t *day, struct err *err)
{
    if (cell <= n && day_of_title(&cells[cell - 1], day))
        return true;
    return title_wrong(s, cell, cell <= n ? &cells[cell - 1] : NULL,
                       "holds no day of the period, such as 20210101",
                       "correct date: period:, or declare the days there: {from: 2021-01-01, to: "
                       "2021-12-31}",
                       err);
}

bool shape_dates_title(struct shape *s, const struct record_cell *cells, size_t n, struct err *err)
{
    struct study_period *p = &s->dates.period;
    const struct study_period *declared = &s->declared->period;
    if (declared->row == 0 || declared->row != s->line)
        return true;
    if (!take_end(s, cells, n, declared->from_cell, &p->from, err) ||
        !take_end(s, cells, n, declared->to_cell, &p->to, err))
        return false;
    p->declared = true;
    if (p->from > p->to)
        return title_wrong(s, declared->to_cell, &cells[declared->to_cell - 1],
                           "is before the period's first day", "correct date: period:", err);
    return !period_is_long(p) || title_wrong(s, declared->to_cell, &cells[declared->to_cell - 1],
                                             period_long_what, period_long_mend, err);
}

bool shape_dates_start(struct shape *s, struct err *err)
{
    struct shape_dates *d = &s->dates;
    if (s->declared->period.declared && s->declared->period.row == 0)
        d->period = s->declared->period;
    if (s->declared->period.declared && !d->period.declared)
        return err_at(err, ERR_SYNTAX,
                      &(struct problem){.file = s->file,
                                        .line = s->declared->period.row,
                                        .what = "is not above the header, where date: period: "
                                                "reads the period",
                                        .mend = "correct row:, or declare rows: with the names of "
                                                "the header"});
    d->column = shape_column(s, s->declared->date);
    d->returns = shape_column(s, s->declared->date_returns);
    if (!shape_writes_iso(s) || d->column == SHAPE_NONE)
        return true;
    d->by_format = ARENA_NEW(s->own, struct date_cell, 1);
    date_cell_start(d->by_format, format_of(s), ARENA_NEW(s->own, uint64_t, LEDGER_DAY_WORDS));
    return true;
}

/* ---- the days ---- */

static bool not_in_period(struct shape *s, struct err *err)
{
    const struct study_period *p = &s->dates.period;
    char from[16], to[16];
    return shape_wrong(s, ERR_VALUE, s->dates.column,
                       arena_printf(s->own, "lies outside the period from %s to %s",
                                    day_text(p->from, from), day_text(p->to, to)),
                       "correct date: period:, or the line", err);
}

static bool no_date(struct shape *s, struct err *err)
{
    const struct record_cell *c = &s->cell[s->dates.column];
    const struct slice text = trimmed(c);
    const bool of_period = s->dates.period.declared;
    const char *looks =
        of_period || c->is_date ? NULL : looks_like_date(text.text, text.length, s->own);
    const char *undeclared =
        s->declared->date_format || c->is_date ? "" : ", which is read where none is declared";
    return shape_wrong(
        s, ERR_VALUE, s->dates.column,
        arena_printf(s->own, "is no date of the format %s%s", format_of(s), undeclared),
        arena_printf(s->own, "%s%s%sdeclare the file's format under date:, or the line under drop:",
                     looks ? "it looks like " : "", looks ? looks : "", looks ? ": " : ""),
        err);
}

/* Texts beside dates: Excel has taken some of them for dates, with day and month as its locale
   has them, and others not. */
static bool alike(struct shape *s, bool is_date, struct err *err)
{
    struct shape_dates *d = &s->dates;
    if (d->first_line == 0) {
        d->first_line = s->line;
        d->first_is_date = is_date;
    }
    if (is_date == d->first_is_date)
        return true;
    return shape_wrong(s, ERR_VALUE, d->column,
                       arena_printf(s->own, "is %s, while row %llu has %s",
                                    is_date ? "a date" : "none of Excel's dates",
                                    (unsigned long long)d->first_line,
                                    is_date ? "none of Excel's" : "one"),
                       "Excel may have exchanged day and month in the dates: export the file "
                       "anew, with the dates as text or as CSV",
                       err);
}

static bool put_day(struct shape *s, int32_t day, struct err *err)
{
    struct shape_dates *d = &s->dates;
    if (d->period.declared && (day < d->period.from || day > d->period.to))
        return not_in_period(s, err);
    day_text(day, d->text);
    s->cell[d->column] = (struct record_cell){.text = d->text, .length = (uint32_t)strlen(d->text)};
    return true;
}

/* What is no day stays: only of returns it is read. */
static void take_original(struct shape *s)
{
    struct shape_dates *d = &s->dates;
    int32_t day;
    if (d->returns == SHAPE_NONE)
        return;
    struct record_cell *c = &s->cell[d->returns];
    const struct slice text = trimmed(c);
    if (!(c->is_date ? parse_iso_date(text.text, text.length, &day)
                     : parse_date(text.text, text.length, format_of(s), &day)))
        return;
    day_text(day, d->original);
    *c = (struct record_cell){.text = d->original, .length = (uint32_t)strlen(d->original)};
}

bool shape_dates_take(struct shape *s, struct err *err)
{
    struct shape_dates *d = &s->dates;
    int32_t day;
    if (!d->by_format)
        return true;
    take_original(s);
    const struct record_cell *c = &s->cell[d->column];
    const struct slice text = trimmed(c);
    if (s->workbook && text.length > 0 && !alike(s, c->is_date, err))
        return false;
    if (c->is_date)
        return parse_iso_date(text.text, text.length, &day) ? put_day(s, day, err)
                                                            : no_date(s, err);
    if (d->period.declared) {
        switch (period_day(&d->period, text.text, text.length, format_of(s), &day)) {
        case PERIOD_WELL:
            return put_day(s, day, err);
        case PERIOD_OUTSIDE:
            return not_in_period(s, err);
        case PERIOD_NO_DATE:
            break;
        }
        return no_date(s, err);
    }
    return cell_date(text, d->by_format, &day) ? put_day(s, day, err) : no_date(s, err);
}
