/* SPDX-License-Identifier: GPL-3.0-or-later
   Lines of a ledger that look like sales and are none: cancelled ones, and those that stand twice.
 */
#include <string.h>

#include "analysis/init/draft.h"
#include "models/base/key_map.h"

/* States of a document that never was one.  A pending or unpaid invoice is a sale. */
static const char void_words[] =
    "void cancelled canceled draft deleted failed declined rejected annulliert storniert entwurf "
    "gel\u00f6scht abgebrochen abgelehnt annul\u00e9 brouillon anulad cancelad borrador "
    "geannuleerd";

/* ---- cancelled ---- */

/* Lines with such a word, of a column of few texts that has others too. */
static size_t void_lines(const struct profile *p)
{
    enum { MOST_STATES = 20 };
    size_t n = 0;
    if (p->n_distinct < 2 || p->n_distinct > MOST_STATES || profile_is_date(p))
        return 0;
    for (size_t k = 0; k < p->n_distinct; k++)
        n += text_begins(p->value[k].text, void_words) ? p->value[k].n : 0;
    return 2 * n < p->n ? n : 0;
}

void draft_find_void(struct draft *d, struct arena *keep)
{
    struct draft_ledger *l = &d->ledger;
    const struct draft_file *f = &l->file;
    const struct profile *found = NULL;
    for (size_t j = 0; j < f->frame->n_cols; j++) {
        const struct profile *p = &f->profile[j];
        if ((!d->key.ledger || p->column != d->key.ledger->column) && void_lines(p) &&
            (!found || name_holds(p->column->name, "status state zustand statut estado")))
            found = p;
    }
    if (!found || l->declared)
        return;
    l->n_void = void_lines(found);
    l->voided = (struct texts){0, ARENA_NEW(keep, const char *, found->n_distinct)};
    for (size_t k = 0; k < found->n_distinct; k++)
        if (text_begins(found->value[k].text, void_words))
            l->voided.at[l->voided.n++] = found->value[k].text;
    l->status = found->column->name;
    bool *out = arena_copy(keep, f->leave_out, f->frame->n_rows, sizeof *out);
    for (size_t i = 0; i < f->frame->n_rows; i++)
        out[i] |= found->column->as.text[i] && text_begins(found->column->as.text[i], void_words);
    draft_leave_out(d, out, keep);
}

/* ---- twice ---- */

static const char *row_text(const struct frame *f, size_t row, struct arena *scratch)
{
    const char *text = "";
    for (size_t j = 0; j < f->n_cols; j++)
        text = arena_printf(scratch, "%s%c%s", text, '\x1f',
                            f->cols[j].as.text[row] ? f->cols[j].as.text[row] : "");
    return text;
}

static bool same_document(const struct column *document, size_t a, size_t b)
{
    const char *x = document->as.text[a], *y = document->as.text[b];
    return x && y ? strcmp(x, y) == 0 : x == y;
}

/* Lines equal cell for cell to an earlier one, with another document between them: two articles
   alike stand together, a second export does not. */
size_t draft_lines_twice(const struct draft_ledger *l)
{
    const struct frame *f = l->file.frame;
    struct arena *scratch = arena_new(), *row = arena_new();
    struct key_map *seen = key_map_new(f->n_rows, scratch);
    size_t *last = ARENA_NEW(scratch, size_t, f->n_rows), twice = 0, begun = 0;
    for (size_t i = 0; l->document && !l->declared && i < f->n_rows; i++) {
        bool added;
        if (l->file.leave_out[i])
            continue;
        begun = i && same_document(l->document->column, i, i - 1) ? begun : i;
        const char *text = row_text(f, i, row);
        const uint32_t at = key_map_add(seen, text, strlen(text), &added);
        twice += !added && last[at] < begun;
        last[at] = added || last[at] >= begun ? i : last[at];
        arena_reset(row);
    }
    arena_free(row);
    arena_free(scratch);
    return twice;
}
