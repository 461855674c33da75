/* SPDX-License-Identifier: GPL-3.0-or-later
   The trusted side of wire.h. */
#include "io/labelled/gather.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* More than any real file holds, and less than harms the machine. */
enum {
    MOST_VARIABLES = 200000,
    MOST_LABELS = 1 << 22,
    MOST_MISSING = 64,
    MOST_NOTES = 1 << 16,
};
#define MOST_BYTES ((size_t)2 << 30) /* of all messages, and of all cells */

struct gathering {
    struct gathered told;
    struct arena *keep;
    bool has_head, ended;
    size_t n_read; /* variables so far */
    size_t variable_room, label_room, note_room, cell_room, n_cells, n_bytes;
    const char *why;
};

struct gathering *gathering_new(struct arena *keep)
{
    struct gathering *g = ARENA_NEW(keep, struct gathering, 1);
    g->keep = keep;
    g->told.encoding = g->told.title = g->told.said = "";
    return g;
}

void gathering_free(struct gathering *g)
{
    free(g->told.cells);
    g->told.cells = NULL;
}

static bool refuse(struct gathering *g, const char *why)
{
    if (!g->why)
        g->why = why;
    return false;
}

/* Room for one more of n objects: doubled, within the arena. */
static void *roomy(struct gathering *g, void *at, size_t n, size_t *room, size_t size)
{
    if (n < *room)
        return at;
    *room = 2 * *room + 64;
    char *more = arena_alloc(g->keep, *room, size);
    if (n)
        memcpy(more, at, n * size);
    return more;
}

static const char *kept_text(struct gathering *g, struct wire_in *in)
{
    struct wire_bytes t = wire_take_text(in);
    return t.n ? arena_strndup(g->keep, t.at, t.n) : "";
}

static bool take_cell(struct gathering *g, struct wire_in *in, struct raw_cell *cell)
{
    *cell = (struct raw_cell){.kind = (uint8_t)wire_take_u8(in)};
    switch (cell->kind) {
    case CELL_NONE:
        break;
    case CELL_NUMBER:
    case CELL_SINGLE:
        cell->as.number = wire_take_real(in);
        break;
    case CELL_TEXT:
        cell->as.text = kept_text(g, in);
        break;
    case CELL_TAG:
        cell->tag = (uint8_t)wire_take_u8(in);
        if ((cell->tag < 'a' || cell->tag > 'z') && (cell->tag < 'A' || cell->tag > 'Z') &&
            cell->tag != '_')
            return refuse(g, "a missing value of no known letter");
        break;
    default:
        return refuse(g, "a value of no known kind");
    }
    return !in->bad || refuse(g, "a message that is too short");
}

/* ---- messages ---- */

static bool take_head(struct gathering *g, struct wire_in *in)
{
    struct gathered *t = &g->told;
    if (g->has_head)
        return refuse(g, "two heads");
    g->has_head = true;
    t->version = wire_take_u32(in);
    t->told_rows = wire_take_i64(in);
    t->n_variables = wire_take_u32(in);
    t->encoding = kept_text(g, in);
    t->title = kept_text(g, in);
    return t->n_variables <= MOST_VARIABLES || refuse(g, "more than 200,000 variables");
}

static bool take_variable(struct gathering *g, struct wire_in *in)
{
    struct gathered *t = &g->told;
    if (!g->has_head || g->n_read == t->n_variables)
        return refuse(g, "more variables than it announced");
    t->variables = roomy(g, t->variables, g->n_read, &g->variable_room, sizeof *t->variables);
    struct raw_variable *v = &t->variables[g->n_read++];
    v->name = kept_text(g, in);
    v->label = kept_text(g, in);
    v->format = kept_text(g, in);
    v->set = kept_text(g, in);
    v->is_text = wire_take_u8(in) != 0;
    v->measure = (uint8_t)wire_take_u8(in);
    v->width = wire_take_u32(in);
    v->n_missing = wire_take_u32(in);
    if (v->n_missing > MOST_MISSING)
        return refuse(g, "too many missing values of a variable");
    struct raw_cell(*missing)[2] = arena_alloc(g->keep, v->n_missing, sizeof *missing);
    for (uint32_t i = 0; i < v->n_missing; i++)
        if (!take_cell(g, in, &missing[i][0]) || !take_cell(g, in, &missing[i][1]))
            return false;
    v->missing = (const struct raw_cell(*)[2])missing;
    return true;
}

static bool take_label(struct gathering *g, struct wire_in *in)
{
    struct gathered *t = &g->told;
    if (t->n_labels == MOST_LABELS)
        return refuse(g, "more than 4 million labels");
    t->labels = roomy(g, t->labels, t->n_labels, &g->label_room, sizeof *t->labels);
    struct raw_label *l = &t->labels[t->n_labels++];
    l->set = kept_text(g, in);
    if (!take_cell(g, in, &l->value))
        return false;
    l->label = kept_text(g, in);
    return true;
}

static bool take_note(struct gathering *g, struct wire_in *in)
{
    struct gathered *t = &g->told;
    if (t->n_notes == MOST_NOTES)
        return refuse(g, "too many notes");
    t->notes = roomy(g, t->notes, t->n_notes, &g->note_room, sizeof *t->notes);
    t->notes[t->n_notes++] = kept_text(g, in);
    return true;
}

static bool cell_room(struct gathering *g)
{
    struct gathered *t = &g->told;
    if (g->n_cells < g->cell_room)
        return true;
    size_t room = 2 * g->cell_room + 4096;
    if (room > MOST_BYTES / sizeof *t->cells)
        return refuse(g, "more than 2 GiB of values");
    struct raw_cell *more = realloc(t->cells, room * sizeof *more);
    if (!more)
        return refuse(g, "more values than there is memory");
    t->cells = more;
    g->cell_room = room;
    return true;
}

static bool take_cells(struct gathering *g, struct wire_in *in)
{
    struct gathered *t = &g->told;
    if (in->at < in->end && (!g->has_head || t->n_variables == 0 || g->n_read < t->n_variables))
        return refuse(g, "values before the variables");
    while (in->at < in->end) {
        if (!cell_room(g) || !take_cell(g, in, &t->cells[g->n_cells]))
            return false;
        const struct raw_cell *cell = &t->cells[g->n_cells];
        bool is_text = t->variables[g->n_cells % t->n_variables].is_text;
        if (cell->kind != CELL_NONE && (cell->kind == CELL_TEXT) != is_text)
            return refuse(g, "a text among numbers, or a number among texts");
        g->n_cells++;
    }
    return true;
}

static bool take_end(struct gathering *g, struct wire_in *in)
{
    struct gathered *t = &g->told;
    t->status = wire_take_u32(in);
    t->said = kept_text(g, in);
    g->ended = true;
    if (t->status != 0)
        return true;
    if (!g->has_head || g->n_read != t->n_variables)
        return refuse(g, "fewer variables than it announced");
    if (t->n_variables && g->n_cells % t->n_variables != 0)
        return refuse(g, "a case without all its values");
    t->n_rows = t->n_variables ? g->n_cells / t->n_variables : 0;
    return true;
}

bool gathering_take(struct gathering *g, uint8_t kind, const uint8_t *bytes, size_t n)
{
    static const struct {
        uint8_t kind;
        bool (*take)(struct gathering *g, struct wire_in *in);
    } known[] = {{WIRE_HEAD, take_head}, {WIRE_VARIABLE, take_variable}, {WIRE_LABEL, take_label},
                 {WIRE_NOTE, take_note}, {WIRE_CELLS, take_cells},       {WIRE_END, take_end}};
    const uint8_t *first = n ? bytes : (const uint8_t *)"";
    struct wire_in in = {first, first + n, false};
    if (g->ended)
        return refuse(g, "something after the end");
    if (n > WIRE_MOST || (g->n_bytes += n) > MOST_BYTES)
        return refuse(g, "more than 2 GiB of values");
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i].kind == kind)
            return known[i].take(g, &in) &&
                   ((!in.bad && in.at == in.end) || refuse(g, "a message of another length"));
    return refuse(g, "a message of no known kind");
}

/* ---- from a pipe ---- */

static bool read_exactly(int from, uint8_t *to, size_t n)
{
    while (n > 0) {
        ssize_t got = read(from, to, n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        to += got;
        n -= (size_t)got;
    }
    return true;
}

bool gathering_read(struct gathering *g, int from)
{
    uint8_t head[5], *bytes = NULL;
    size_t room = 0;
    bool fits = true;
    while (fits && !g->ended) {
        uint32_t n;
        if (!read_exactly(from, head, sizeof head))
            break;
        memcpy(&n, head + 1, sizeof n);
        if (n > WIRE_MOST)
            break;
        if (n > room) {
            uint8_t *more = realloc(bytes, n);
            if (!more)
                break;
            bytes = more;
            room = n;
        }
        fits = read_exactly(from, bytes, n) && gathering_take(g, head[0], bytes, n);
    }
    free(bytes);
    return g->ended && !g->why;
}

const struct gathered *gathering_end(struct gathering *g, const char **why)
{
    *why = g->why;
    return g->ended && !g->why ? &g->told : NULL;
}
