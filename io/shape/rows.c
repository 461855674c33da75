/* SPDX-License-Identifier: GPL-3.0-or-later
   Repeated headers, totals, sections, and cells that stand for the one above. */
#include "io/shape/steps.h"

#include "io/ledger/pattern.h"

bool shape_rows_start(struct shape *s, struct err *err)
{
    struct shape_rows *r = &s->rows;
    const struct study_rows *declared = &s->declared->rows;
    const size_t n = declared->fill_down.n;
    r->fill = ARENA_NEW(s->own, int32_t, n);
    r->above = ARENA_NEW(s->own, struct record_cell, n);
    r->above_is = ARENA_NEW(s->own, struct shape_text, n);
    r->section_column = SHAPE_NONE;
    for (size_t i = 0; i < n; i++)
        if (!shape_find(s, "rows.fill_down", declared->fill_down.at[i], &r->fill[i], err))
            return false;
    return !declared->section ||
           shape_add(s, "rows.section", declared->section, &r->section_column, err);
}

/* ---- what a row is ---- */

static bool is_header_again(const struct shape *s)
{
    for (size_t i = 0; i < s->n_of_file; i++) {
        const struct slice text = trimmed(&s->cell[i]);
        if (strlen(s->header[i]) != text.length ||
            memcmp(s->header[i], text.text, text.length) != 0)
            return false;
    }
    return true;
}

/* The first cell that is filled, and whether others are. */
static size_t first_filled(const struct shape *s, bool *others)
{
    size_t first = 0;
    *others = false;
    while (first < s->n_of_file && is_blank(&s->cell[first]))
        first++;
    for (size_t i = first + 1; i < s->n_of_file && !*others; i++)
        *others = !is_blank(&s->cell[i]);
    return first;
}

/* ---- sections ---- */

static bool holds_text(struct slice text, const struct shape_text *name, bool at_end)
{
    if (name->n == 0 || text.length < name->n)
        return false;
    if (at_end)
        return memcmp(text.text + text.length - name->n, name->text, name->n) == 0;
    for (size_t i = 0; i + name->n <= text.length; i++)
        if (memcmp(text.text + i, name->text, name->n) == 0)
            return true;
    return false;
}

/* A total that names an open section ends it: "Total for 4000 Service Revenue". */
static bool end_section(struct shape *s, struct slice total)
{
    struct shape_rows *r = &s->rows;
    for (int at_end = 1; at_end >= 0; at_end--)
        for (size_t i = r->n_sections; i-- > 0;)
            if (holds_text(total, &r->section[i].name, at_end)) {
                shape_totals_end(s, i);
                r->n_sections = i;
                return true;
            }
    return false;
}

/* The customer Total Energies: a heading that fits totals: is told by the total that ends its
   section, since the rows between went to the section before. */
static bool take_total(struct shape *s, struct slice total, bool alone, struct err *err)
{
    struct shape_rows *r = &s->rows;
    const bool names_lone =
        r->lone_line && total.length > r->lone.n && !alone && holds_text(total, &r->lone, true);
    if (names_lone)
        return shape_wrong(
            s, ERR_VALUE, SHAPE_NONE,
            arena_printf(s->own, "'%.*s' is the total of '%s', which fits totals: on line %llu",
                         (int)total.length, total.text, r->lone.text,
                         (unsigned long long)r->lone_line),
            "write the values of totals: so that no heading of a section fits them", err);
    if (end_section(s, total))
        return true;
    shape_totals_carry(s);
    if (alone && s->declared->rows.section) {
        shape_keep(s, &r->lone, total.text, total.length);
        r->lone_line = s->line;
    }
    return true;
}

static void begin_section(struct shape *s, struct slice name)
{
    struct shape_rows *r = &s->rows;
    if (r->n_sections == SHAPE_NESTED) { /* the outermost is forgotten */
        const struct shape_section room = r->section[0];
        memmove(&r->section[0], &r->section[1], (SHAPE_NESTED - 1) * sizeof *r->section);
        r->section[--r->n_sections] = room;
    }
    struct shape_section *section = &r->section[r->n_sections++];
    shape_keep(s, &section->name, name.text, name.length);
    shape_totals_begin(section);
}

static void put_section(struct shape *s)
{
    const struct shape_rows *r = &s->rows;
    if (r->section_column == SHAPE_NONE)
        return;
    struct record_cell *to = &s->cell[r->section_column];
    *to = (struct record_cell){.text = ""};
    if (r->n_sections > 0) {
        const struct shape_text *name = &r->section[r->n_sections - 1].name;
        to->text = name->text;
        to->length = (uint32_t)name->n;
    }
}

/* ---- filling ---- */

static void forget_above(struct shape *s)
{
    for (size_t i = 0; i < s->declared->rows.fill_down.n; i++)
        s->rows.above[i].text = NULL;
}

/* A cell that is filled ends what stood above for the columns declared behind its own: of a new
   transaction without a number, the number is not that of the one before. */
static void fill_down(struct shape *s)
{
    struct shape_rows *r = &s->rows;
    bool anew = false;
    for (size_t i = 0; i < s->declared->rows.fill_down.n; i++) {
        struct record_cell *c = &s->cell[r->fill[i]], *above = &r->above[i];
        if (!is_blank(c)) {
            *above = *c;
            above->text = shape_keep(s, &r->above_is[i], c->text, c->length);
            anew = true;
        } else if (anew) {
            above->text = NULL;
        } else if (above->text) {
            *c = *above;
        }
    }
}

bool shape_rows_take(struct shape *s, enum ledger_kind *kind, struct err *err)
{
    const struct study_rows *declared = &s->declared->rows;
    bool others;
    *kind = LEDGER_SALE;
    if (!declared->declared)
        return true;
    if (is_header_again(s)) {
        *kind = LEDGER_HEADER_AGAIN;
        return true;
    }
    const size_t first = first_filled(s, &others);
    const bool alone = first == 0 && !others;
    const struct slice text =
        first < s->n_of_file ? trimmed(&s->cell[first]) : (struct slice){"", 0};
    if (pattern_any(&declared->totals, text)) {
        *kind = LEDGER_TOTAL;
        forget_above(s);
        return take_total(s, text, alone, err);
    }
    if (declared->section && alone) {
        *kind = LEDGER_SECTION;
        begin_section(s, text);
        forget_above(s);
        return true;
    }
    fill_down(s);
    put_section(s);
    return true;
}
