/* SPDX-License-Identifier: GPL-3.0-or-later
   Lines of a ledger that look like sales and are none: cancelled ones, totals, and those
   that stand twice.
 */
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "analysis/init/draft.h"
#include "models/base/key_map.h"

/* States of a document that never was one.  A pending or unpaid invoice is a sale. */
static const char void_words[] =
    "void cancelled canceled draft deleted failed declined rejected annulliert storniert entwurf "
    "gel\u00f6scht abgebrochen abgelehnt annul\u00e9 brouillon anulad cancelad borrador "
    "geannuleerd";

/* A cell that says nothing but this makes a line a subtotal, in whatever column. */
static const char total_words[] =
    "total total: subtotal subtotal: sub-total summe summe: zwischensumme zwischensumme: "
    "gesamtsumme gesamt gesamt: totaal totale sous-total";

/* ---- cancelled, or a total ---- */

static bool is_void(const char *text)
{
    return text_begins(text, void_words);
}

static bool is_total(const char *text)
{
    for (const char *w = total_words; *w; w += strspn(w, " ")) {
        const size_t n = strcspn(w, " ");
        if (strncasecmp(text, w, n) == 0 && !text[n])
            return true;
        w += n;
    }
    return false;
}

/* Lines with such a text, of a column that has others too. */
static size_t lines_that(bool (*is)(const char *text), const struct profile *p)
{
    size_t n = 0;
    for (size_t k = 0; k < p->n_distinct && !profile_is_date(p); k++)
        n += is(p->value[k].text) ? p->value[k].n : 0;
    return 2 * n < p->n ? n : 0;
}

/* The column of such texts that is called a state, else the first; of at most `most` texts. */
static const struct profile *column_that(const struct draft *d, bool (*is)(const char *text),
                                         size_t most)
{
    const struct draft_file *f = &d->ledger.file;
    const struct profile *found = NULL;
    for (size_t j = 0; j < f->frame->n_cols; j++) {
        const struct profile *p = &f->profile[j];
        if ((!d->key.ledger || p->column != d->key.ledger->column) && p->n_distinct <= most &&
            lines_that(is, p) &&
            (!found || name_holds(p->column->name, "status state zustand statut estado")))
            found = p;
    }
    return found;
}

static void leave_out(struct draft *d, const struct profile *found, bool (*is)(const char *text),
                      struct arena *keep)
{
    struct draft_ledger *l = &d->ledger;
    const struct frame *f = l->file.frame;
    bool *out = arena_copy(keep, l->file.leave_out, f->n_rows, sizeof *out);
    struct draft_void *v = &l->voids[l->n_voids++];
    *v = (struct draft_void){.column = found->column->name,
                             .values = {0, ARENA_NEW(keep, const char *, found->n_distinct)},
                             .n = lines_that(is, found)};
    for (size_t k = 0; k < found->n_distinct; k++)
        if (is(found->value[k].text))
            v->values.at[v->values.n++] = found->value[k].text;
    for (size_t i = 0; i < f->n_rows; i++)
        out[i] |= found->column->as.text[i] && is(found->column->as.text[i]);
    draft_leave_out(d, out, keep);
}

void draft_find_void(struct draft *d, struct arena *keep)
{
    enum { MOST_STATES = 20 };
    const struct profile *found;
    if (d->ledger.declared)
        return;
    if ((found = column_that(d, is_void, MOST_STATES)))
        leave_out(d, found, is_void, keep);
    if ((found = column_that(d, is_total, SIZE_MAX)))
        leave_out(d, found, is_total, keep);
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
