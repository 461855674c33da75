/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/ledger/work.h"

#include <assert.h>
#include <string.h>

#include "models/base/pages.h"

#include "io/ledger/amount.h"
#include "io/ledger/mend_date.h"
#include "io/ledger/pattern.h"
#include "io/ledger/simple.h"
#include "io/shape/shape.h"

enum { RAW_TEXT = 200, FIRST_LINES = 4096 };

/* A copy with room for more. */
static void *grown(struct ledger_worker *w, const void *old, size_t room, size_t size)
{
    char *larger = ARENA_NEW(w->memory, char, room *size);
    if (w->n > 0)
        memcpy(larger, old, w->n * size);
    return larger;
}

/* Room for `more` lines behind those of the batch. */
static void make_room(struct ledger_worker *w, size_t more)
{
    if (w->room - w->n >= more)
        return;
    const size_t room = 2 * w->room + more;
    w->start = grown(w, w->start, room, sizeof *w->start);
    w->key = grown(w, w->key, room, sizeof *w->key);
    w->document = grown(w, w->document, room, sizeof *w->document);
    w->day = grown(w, w->day, room, sizeof *w->day);
    w->minor = grown(w, w->minor, room, sizeof *w->minor);
    w->kind = grown(w, w->kind, room, sizeof *w->kind);
    w->room = room;
}

struct ledger_worker *ledger_worker_new(const struct ledger_plan *plan, struct chunks *chunks,
                                        const struct ledger_sink *sink, size_t number,
                                        size_t window)
{
    struct arena *memory = arena_new();
    struct ledger_worker *w = ARENA_NEW(memory, struct ledger_worker, 1);
    w->plan = plan;
    w->simple = ledger_plan_is_simple(plan);
    w->chunks = chunks;
    w->sink = sink;
    w->number = number;
    w->memory = memory;
    w->scratch = arena_new();
    w->scan = scan_new(chunks->delimiter, !plan->page, window, memory);
    w->types = ledger_types_new(&plan->declared->type, memory);
    w->day_seen = pages_new(LEDGER_DAY_WORDS * sizeof *w->day_seen);
    w->sums = ARENA_NEW(memory, struct currency_sum, plan->rates ? plan->rates->n : 0);
    date_cell_start(&w->date, plan->date_format, w->day_seen);
    make_room(w, FIRST_LINES);
    return w;
}

void ledger_worker_free(struct ledger_worker *w)
{
    if (!w)
        return;
    pages_free(w->day_seen, LEDGER_DAY_WORDS * sizeof *w->day_seen);
    arena_free(w->scratch);
    arena_free(w->memory);
}

/* Line of the chunk on which a byte lies; asked for in rising order. */
static uint64_t line_at(struct ledger_worker *w, size_t at)
{
    assert(at >= w->counted);
    w->counted_lines += scan_lines(w->scan.bytes + w->counted, at - w->counted);
    w->counted = at;
    return w->counted_lines;
}

static void complain(struct ledger_worker *w, struct complaint *c, size_t at, enum err_code code,
                     struct problem problem)
{
    if (c->set)
        return;
    problem.file = w->plan->file;
    *c = (struct complaint){
        .set = true, .chunk = w->chunk, .line = line_at(w, at), .code = code, .problem = problem};
}

static void complain_cell(struct ledger_worker *w, size_t at, int32_t column, struct slice text,
                          const char *what, const char *mend)
{
    if (w->cell.set)
        return;
    complain(w, &w->cell, at, ERR_VALUE,
             (struct problem){.column = w->plan->columns[column],
                              .value = arena_strndup(w->memory, text.text, text.length),
                              .what = what,
                              .mend = mend});
    if (w->plan->column[ROLE_TYPE] == NO_COLUMN)
        chunks_stop(w->chunks);
}

/* The text of a cell, false where it is not in the file's encoding. */
static inline __attribute__((always_inline)) bool
text_of(struct ledger_worker *w, const struct record *r, int32_t column, struct slice *text)
{
    const struct slice field = record_field(&w->scan, r, (size_t)column);
    if (cell_text(field, w->plan->page, w->scratch, text))
        return true;
    complain_cell(w, r->start, column, field, "has a byte that is no character of the encoding",
                  "declare the encoding that the file is written in");
    return false;
}

bool worker_text(struct ledger_worker *w, const struct record *r, int32_t column,
                 struct slice *text)
{
    return text_of(w, r, column, text);
}

void worker_complain(struct ledger_worker *w, const struct record *r, int32_t column,
                     struct slice text, const char *what, const char *mend)
{
    complain_cell(w, r->start, column, text, what, mend);
}

struct complaint worker_place(struct ledger_worker *w, const struct record *r, int32_t column,
                              struct slice text)
{
    return (struct complaint){
        .set = true,
        .chunk = w->chunk,
        .line = line_at(w, r->start),
        .code = ERR_VALUE,
        .problem = {.file = w->plan->file,
                    .column = w->plan->columns[column],
                    .value = arena_strndup(w->memory, text.text, text.length)}};
}

static void leave_out(struct ledger_worker *w, const struct record *r, enum ledger_kind kind)
{
    if (w->counts.kind[kind] > LEDGER_DROPPED_KEPT)
        return;
    const size_t end = w->scan.end[r->first + w->plan->n_shown - 1];
    size_t n = end - r->start < RAW_TEXT ? end - r->start : RAW_TEXT;
    while (!w->plan->page && n > 0 && r->start + n < end &&
           ((unsigned char)w->scan.bytes[r->start + n] & 0xc0) == 0x80)
        n--;
    size_t n_text, bad;
    const char *raw = w->scan.bytes + r->start, *text = raw;
    if (w->plan->page && (text = code_page_text(w->plan->page, raw, n, &n_text, &bad, w->scratch)))
        n = n_text;
    if (w->n_left_out == w->left_out_room) {
        w->left_out_room = 2 * w->left_out_room + 16;
        struct left_out *more = ARENA_NEW(w->memory, struct left_out, w->left_out_room);
        if (w->n_left_out > 0)
            memcpy(more, w->left_out, w->n_left_out * sizeof *more);
        w->left_out = more;
    }
    w->left_out[w->n_left_out++] =
        (struct left_out){.chunk = w->chunk,
                          .line = line_at(w, r->start),
                          .kind = (uint8_t)kind,
                          .text = arena_strndup(w->memory, text ? text : "", text ? n : 0)};
}

/* The chunk's lines to the sink; which may refuse one. */
static void deliver(struct ledger_worker *w)
{
    const struct ledger_batch batch = {.worker = w->number,
                                       .ledger = w->plan->ledger,
                                       .chunk = w->plan->first_chunk + w->chunk,
                                       .n = w->n,
                                       .key = w->key,
                                       .document = w->document,
                                       .day = w->day,
                                       .minor = w->minor,
                                       .kind = w->kind};
    struct ledger_refusal refusal = {.line = 0};
    if (!w->sink->take(w->sink->context, &batch, &refusal)) {
        const uint64_t line = scan_lines(w->scan.bytes, w->start[refusal.line]);
        refusal.problem.file = w->plan->file;
        if (!w->broken.set || line < w->broken.line)
            w->broken = (struct complaint){.set = true,
                                           .chunk = w->chunk,
                                           .line = line,
                                           .code = refusal.code,
                                           .problem = refusal.problem};
    }
    w->n = 0;
    arena_reset(w->scratch);
}

/* What has been found of the line before: io/shape/shape.h. */
static bool is_marked(const struct ledger_worker *w, const struct record *r, enum ledger_kind *kind)
{
    if (w->plan->mark == NO_COLUMN)
        return false;
    const struct slice mark = record_field(&w->scan, r, (size_t)w->plan->mark);
    if (mark.length != 1)
        return false;
#define X(letter, of)           \
    if (mark.text[0] == letter) \
        *kind = of;
    SHAPE_MARK_LIST(X)
#undef X
    return true;
}

static bool is_dropped(struct ledger_worker *w, const struct record *r)
{
    const struct study_ledger *l = w->plan->declared;
    struct slice text;
    for (size_t i = 0; i < l->n_drop; i++)
        if (text_of(w, r, w->plan->drop[i], &text) && pattern_any_cell(&l->drop[i].values, text))
            return true;
    return false;
}

static bool is_kept(struct ledger_worker *w, const struct record *r)
{
    const struct study_ledger *l = w->plan->declared;
    struct slice text;
    for (size_t i = 0; i < l->n_keep; i++)
        if (text_of(w, r, w->plan->keep[i], &text) && !pattern_any_cell(&l->keep[i].values, text))
            return false;
    return true;
}

/* Fits it a filter of reversals?  False after a complaint. */
static bool is_reversed(struct ledger_worker *w, const struct record *r, bool *reversed)
{
    const struct study_ledger *l = w->plan->declared;
    struct slice text;
    *reversed = false;
    for (size_t i = 0; i < l->n_reversed; i++) {
        if (w->plan->reversed[i] == NO_COLUMN)
            continue;
        if (!text_of(w, r, w->plan->reversed[i], &text))
            return false;
        *reversed = *reversed || pattern_any_cell(&l->reversed[i].values, text);
    }
    return true;
}

/* NULL if the type is undeclared; then the line counts for the list of types only. */
static struct ledger_type *type_of(struct ledger_worker *w, const struct record *r)
{
    const int32_t column = w->plan->column[ROLE_TYPE];
    struct slice text;
    if (!text_of(w, r, column, &text))
        return NULL;
    struct ledger_type *type = ledger_types_find(&w->types, text);
    type->n++;
    if (type->kind < LEDGER_N_KINDS)
        return type;
    if (!w->unknown.set)
        complain(w, &w->unknown, r->start, ERR_VALUE,
                 (struct problem){.column = w->plan->columns[column],
                                  .value = arena_strndup(w->memory, text.text, text.length),
                                  .what = "is no declared document type",
                                  .mend = "declare it under type:"});
    w->unknown.is_type = true;
    return NULL;
}

static bool read_day(struct ledger_worker *w, const struct record *r, int32_t *day)
{
    const int32_t column = w->plan->column[ROLE_DATE];
    struct slice text;
    if (!text_of(w, r, column, &text))
        return false;
    if (cell_date(text, &w->date, day))
        return true;
    complain_cell(w, r->start, column, text,
                  arena_printf(w->memory, "is no date of the format %s%s", w->date.format,
                               w->plan->declared->date_format
                                   ? ""
                                   : ", which is read where none is declared"),
                  worker_mend_date(w, text));
    return false;
}

/* A return counts on the day of what it gives back, where its line tells it. */
static bool read_original_day(struct ledger_worker *w, const struct record *r, int32_t *day)
{
    const int32_t column = w->plan->column[ROLE_ORIGINAL];
    struct slice text;
    int32_t original;
    char own[16];
    if (column == NO_COLUMN)
        return true;
    if (!text_of(w, r, column, &text))
        return false;
    text = cell_trimmed(text);
    if (text.length == 0)
        return true;
    if (!parse_date(text.text, text.length, w->plan->date_format, &original)) {
        complain_cell(w, r->start, column, text,
                      arena_printf(w->memory, "is no date of the format %s", w->date.format),
                      "the days of date: returns: are written as those of date: column:");
        return false;
    }
    if (original > *day) {
        complain_cell(
            w, r->start, column, text,
            arena_printf(w->memory, "is after the return's own day, %s", day_text(*day, own)),
            "date: returns: is the day of what is given back: correct it, or the line");
        return false;
    }
    *day = original;
    w->counts.returns_dated++;
    return true;
}

/* Counts lines against their sign, and gives returns theirs where the type has it. */
static enum ledger_kind settle_sign(struct ledger_worker *w, struct ledger_type *type,
                                    enum ledger_kind kind, int64_t *minor)
{
    if (!type)
        return *minor < 0 ? LEDGER_RETURN : LEDGER_SALE;
    if (w->plan->negate_returns) {
        *minor = kind == LEDGER_RETURN ? -*minor : *minor;
        return kind;
    }
    if (kind == LEDGER_SALE && *minor < 0 && w->plan->declared->type.negative == NEGATIVE_RETURN)
        return LEDGER_RETURN;
    type->positive += *minor > 0;
    type->negative += *minor < 0;
    w->counts.sale_negative += kind == LEDGER_SALE && *minor < 0;
    w->counts.return_positive += kind == LEDGER_RETURN && *minor > 0;
    return kind;
}

static void put(struct ledger_worker *w, size_t start, struct slice key, struct slice document,
                int32_t day, int64_t minor, enum ledger_kind kind)
{
    w->start[w->n] = (uint32_t)start;
    w->key[w->n] = key;
    w->document[w->n] = document;
    w->day[w->n] = day;
    w->minor[w->n] = minor;
    w->kind[w->n++] = (uint8_t)kind;
}

/* A reversal takes off what the line that it cancels has added, and is a return: of a sale a
   negative one, of a return one that lowers what was returned. */
static void reverse(struct ledger_worker *w, enum ledger_kind *kind, struct line_money *sum)
{
    *kind = LEDGER_RETURN;
    *sum = (struct line_money){-sum->own, -sum->home};
    w->counts.reversed++;
    w->counts.reversed_positive += sum->home > 0;
}

/* What a line is counted with: minor units of the ledger's currency. */
struct line_worth {
    int64_t minor, refund;
};

static bool read_worth(struct ledger_worker *w, const struct record *r, int32_t day,
                       struct ledger_type *type, enum ledger_kind *kind, struct line_worth *worth)
{
    struct line_currency currency;
    struct line_money sum, back;
    bool reversed;
    if (!line_currency(w, r, day, &currency) || !is_reversed(w, r, &reversed))
        return false;
    if (currency.foreign) {
        *kind = LEDGER_OTHER_CURRENCY;
        return true;
    }
    if (!line_amount(w, r, &currency, &sum))
        return false;
    const int64_t own = sum.own;
    *kind = settle_sign(w, type, *kind, &sum.own);
    if (sum.own != own)
        sum.home = -sum.home;
    if (reversed)
        reverse(w, kind, &sum);
    if (!line_refund(w, r, &currency, *kind, &back))
        return false;
    line_count(&currency, &sum, &back);
    w->counts.refunds += back.home != 0;
    *worth = (struct line_worth){sum.home, back.home};
    return true;
}

/* What a line with a key is worth: kind, day and amount. */
static bool read_line(struct ledger_worker *w, const struct record *r, struct slice key,
                      struct ledger_type *type, enum ledger_kind *kind)
{
    struct slice document = {.text = "", .length = 0};
    struct line_worth worth = {.refund = 0};
    int32_t day;
    const bool counted = *kind == LEDGER_SALE || *kind == LEDGER_RETURN;
    if (!read_day(w, r, &day) || (counted && !read_worth(w, r, day, type, kind, &worth)))
        return false;
    if (*kind == LEDGER_RETURN && !read_original_day(w, r, &day))
        return false;
    if (w->plan->column[ROLE_DOCUMENT] != NO_COLUMN &&
        !text_of(w, r, w->plan->column[ROLE_DOCUMENT], &document))
        return false;
    if (cell_is_blank(document))
        document.length = 0;
    put(w, r->start, key, document, day, worth.minor, *kind);
    if (worth.refund)
        put(w, r->start, key, document, day, -worth.refund, LEDGER_RETURN);
    return true;
}

/* Kind of the line; false if it cannot be counted, which has been told. */
static bool classify(struct ledger_worker *w, const struct record *r, enum ledger_kind *kind)
{
    struct slice key;
    struct ledger_type *type = NULL;
    if (is_marked(w, r, kind))
        return true;
    if (is_dropped(w, r)) {
        *kind = LEDGER_SUBTOTAL;
        return true;
    }
    if (w->plan->declared->n_keep > 0 && !is_kept(w, r)) {
        *kind = LEDGER_NOT_KEPT;
        return true;
    }
    if (!text_of(w, r, w->plan->column[ROLE_KEY], &key))
        return false;
    if (w->plan->declared->key_ends_at || w->plan->declared->key_starts_after)
        key = cell_id(key, w->plan->declared->key_starts_after, w->plan->declared->key_ends_at);
    if (cell_is_blank(key)) {
        *kind = LEDGER_BLANK_KEY;
        return true;
    }
    if (key.length > w->plan->longest_key) {
        complain_cell(w, r->start, w->plan->column[ROLE_KEY], key, "is longer than a key may be",
                      "check key: and the delimiter, or allow more: --max-key, limits: key");
        return false;
    }
    *kind = LEDGER_SALE;
    if (w->plan->column[ROLE_TYPE] != NO_COLUMN) {
        type = type_of(w, r);
        if (!type)
            return false;
        *kind = (enum ledger_kind)type->kind;
    }
    return !w->cell.set && read_line(w, r, key, type, kind);
}

static bool take_record(struct ledger_worker *w, const struct record *r)
{
    enum ledger_kind kind;
    if (r->n != w->plan->n_columns) {
        if (record_is_empty(&w->scan, r))
            return true;
        complain(w, &w->broken, r->start, ERR_SYNTAX,
                 (struct problem){
                     .what = arena_printf(w->memory, "%zu field%s, where the header has %zu", r->n,
                                          r->n == 1 ? "" : "s", w->plan->n_columns),
                     .mend = "quote fields that hold the delimiter"});
        return false;
    }
    if (r->n == 1 && record_is_empty(&w->scan, r))
        return true;
    w->counts.lines++;
    if (classify(w, r, &kind)) {
        w->counts.kind[kind]++;
        if (kind != LEDGER_SALE && kind != LEDGER_RETURN)
            leave_out(w, r, kind);
    }
    return true;
}

/* The scanner's fault lies behind the records that it has delivered. */
static void complain_fault(struct ledger_worker *w)
{
    const struct scan *s = &w->scan;
    const size_t at = s->fault == SCAN_UNCLOSED ? s->fault_at : s->at;
    complain(
        w, &w->broken, at, ERR_SYNTAX,
        (struct problem){.what = scan_fault_what(s->fault), .mend = scan_fault_mend(s->fault)});
}

/* The records of the scanner's window; false where no more is to be read. */
static bool take_window(struct ledger_worker *w)
{
    make_room(w, (w->plan->column[ROLE_REFUNDED] == NO_COLUMN ? 1 : 2) * w->scan.n_records);
    for (size_t i = 0; i < w->scan.n_records; i++) {
        if (w->simple)
            i = ledger_take_simple(w, i);
        if (i == w->scan.n_records)
            return true;
        const struct record r = record_at(&w->scan, i);
        if (!take_record(w, &r))
            return false;
    }
    return true;
}

/* Physical lines of the chunk, `records` of which have been read. */
static uint64_t count_lines(struct ledger_worker *w, const struct chunk *chunk, uint64_t records)
{
    if (w->scan.at < chunk->n || !w->scan.unix_lines)
        return line_at(w, chunk->n);
    return records - (chunk->n > 0 && chunk->bytes[chunk->n - 1] != '\n');
}

void ledger_worker_take(struct ledger_worker *w, const struct chunk *chunk)
{
    bool well = true;
    uint64_t records = 0;
    scan_start(&w->scan, chunk->bytes, chunk->n);
    w->chunk = chunk->number;
    w->counted = 0;
    w->counted_lines = 0;
    while (well && scan_window(&w->scan)) {
        records += w->scan.n_records;
        well = take_window(w);
    }
    if (well && w->scan.fault != SCAN_WELL)
        complain_fault(w);
    deliver(w);
    if (w->broken.set)
        chunks_stop(w->chunks);
    chunks_finish(w->chunks, chunk, count_lines(w, chunk, records));
}
