/* SPDX-License-Identifier: GPL-3.0-or-later
   The customer's account, which stands in one of two columns (DATEV). */
#include "io/shape/steps.h"

bool shape_party_start(struct shape *s, struct err *err)
{
    const struct study_party *declared = &s->declared->party;
    struct shape_party *p = &s->party;
    p->party = p->side = p->indicator = SHAPE_NONE;
    if (declared->columns.n == 0)
        return true;
    return shape_find(s, "party.columns", declared->columns.at[0], &p->column[0], err) &&
           shape_find(s, "party.columns", declared->columns.at[1], &p->column[1], err) &&
           shape_find(s, "party.indicator", declared->indicator, &p->indicator, err) &&
           shape_add(s, "party", "party", &p->party, err) &&
           shape_add(s, "party", "counterpart", &p->counterpart, err) &&
           (!declared->indicator || shape_add(s, "party", "side", &p->side, err));
}

static bool in_range(const struct shape *s, int which)
{
    const struct slice text = trimmed(&s->cell[s->party.column[which]]);
    int64_t account;
    return text.length > 0 && text.text[0] != '-' && text.text[0] != '+' &&
           parse_whole(text.text, text.length, &account) && account >= s->declared->party.low &&
           account <= s->declared->party.high;
}

enum party_found shape_party_take(struct shape *s)
{
    struct shape_party *p = &s->party;
    if (p->party == SHAPE_NONE)
        return PARTY_FOUND;
    const bool first = in_range(s, 0), second = in_range(s, 1);
    const int which = first ? 0 : 1;
    const struct record_cell none = {.text = ""};
    s->cell[p->party] = first || second ? s->cell[p->column[which]] : none;
    s->cell[p->counterpart] = first || second ? s->cell[p->column[1 - which]] : none;
    if (p->side != SHAPE_NONE) {
        const struct slice mark = trimmed(&s->cell[p->indicator]);
        shape_keep(s, &p->side_is, mark.text, mark.length);
        shape_room(s, &p->side_is, mark.length + 1)[mark.length] = which == 0 ? '1' : '2';
        s->cell[p->side] = (struct record_cell){.text = p->side_is.text,
                                                .length = first || second ? mark.length + 1 : 0};
    }
    if (first && second)
        return PARTY_BOTH;
    return first || second ? PARTY_FOUND : PARTY_NONE;
}

bool shape_party_both(const struct shape *s, struct err *err)
{
    const int32_t other = s->party.column[1];
    const struct slice account = trimmed(&s->cell[other]);
    return shape_wrong(
        s, ERR_VALUE, s->party.column[0],
        arena_printf(s->own, "and '%.*s' in %s are both accounts of customers", (int)account.length,
                     account.text, s->name[other]),
        "which of them is the customer? make party: range: narrower, or leave such lines out "
        "under drop:",
        err);
}
