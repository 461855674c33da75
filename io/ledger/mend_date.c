/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/ledger/mend_date.h"

#include "io/ledger/pattern.h"
#include "io/text/looks.h"

enum { LOOKED_AT = 10000 }; /* records */

static struct slice text_at(struct ledger_worker *w, const struct record *r, int32_t column)
{
    struct slice text = {.text = "", .length = 0};
    return cell_text(record_field(&w->scan, r, (size_t)column), w->plan->page, w->memory, &text)
               ? cell_trimmed(text)
               : (struct slice){"", 0};
}

/* Lines that are left out unread may hold anything for a date. */
static bool is_left_out(struct ledger_worker *w, const struct record *r)
{
    const struct ledger_plan *p = w->plan;
    const struct study_ledger *l = p->declared;
    if (p->mark != NO_COLUMN && text_at(w, r, p->mark).length > 0)
        return true;
    for (size_t i = 0; i < l->n_drop; i++)
        if (pattern_any_cell(&l->drop[i].values, text_at(w, r, p->drop[i])))
            return true;
    for (size_t i = 0; i < l->n_keep; i++)
        if (!pattern_any_cell(&l->keep[i].values, text_at(w, r, p->keep[i])))
            return true;
    return text_at(w, r, p->column[ROLE_KEY]).length == 0;
}

/* Leaves the formats that fit all dates of the records; all stay where none does.  *deciding: the
   first text that leaves fewer. */
static struct date_looks of_column(struct ledger_worker *w, const struct date_looks *of_cell,
                                   struct slice *deciding)
{
    struct date_looks looks = {
        of_cell->n, arena_copy(w->memory, of_cell->format, of_cell->n, sizeof *of_cell->format)};
    for (size_t i = 0; i < w->scan.n_records && i < LOOKED_AT; i++) {
        const struct record r = record_at(&w->scan, i);
        if (r.n != w->plan->n_columns || is_left_out(w, &r))
            continue;
        const struct slice day = text_at(w, &r, w->plan->column[ROLE_DATE]);
        const size_t before = looks.n;
        if (day.length > 0 && !date_looks_narrow(&looks, day.text, day.length))
            return *of_cell;
        if (looks.n < before && !deciding->text)
            *deciding = day;
    }
    return looks;
}

const char *worker_mend_date(struct ledger_worker *w, struct slice text)
{
    static const char mend[] = "declare the file's format under date:, or the line under drop:";
    struct slice deciding = {.text = NULL, .length = 0};
    const struct date_looks of_cell = date_looks_of(text.text, text.length, w->memory);
    if (of_cell.n == 0)
        return mend;
    const struct date_looks looks = of_cell.n > 1 ? of_column(w, &of_cell, &deciding) : of_cell;
    const char *told = date_looks_told(&looks, w->memory);
    if (looks.n < of_cell.n)
        told = arena_printf(w->memory, "%s, which '%.*s' fits as well", told,
                            deciding.length > 40 ? 40 : (int)deciding.length, deciding.text);
    return arena_printf(w->memory, "it looks like %s: %s", told, mend);
}
