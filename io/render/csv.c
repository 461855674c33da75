/* SPDX-License-Identifier: GPL-3.0-or-later
   One table as RFC 4180 CSV: UTF-8, LF, '.' decimals, ISO dates, missing empty. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "io/report.h"
#include "io/text/parse.h"
#include "models/base/workers.h"

enum { BLOCK = 2048, LONGEST_NUMBER = 32, AHEAD = 16 };

/* Bytes that wait to be written. */
struct bytes {
    char *at;
    size_t n, room;
};

static void grow(struct bytes *b, size_t n)
{
    const size_t room = 2 * b->room + n + 4096;
    char *more = realloc(b->at, room);
    if (!more)
        out_of_memory(1, room);
    b->at = more;
    b->room = room;
}

/* Where n more have room. */
static inline char *reserve(struct bytes *b, size_t n)
{
    if (b->room - b->n < n)
        grow(b, n);
    return b->at + b->n;
}

static void put_char(struct bytes *b, char c)
{
    *reserve(b, 1) = c;
    b->n++;
}

static bool needs_quotes(const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (text[i] == ',' || text[i] == '"' || text[i] == '\r' || text[i] == '\n')
            return true;
    return n > 0 && (text[0] == ' ' || text[n - 1] == ' ');
}

static void put_text(const char *text, bool excel_safe, struct bytes *b)
{
    const size_t n = strlen(text);
    const bool guard = excel_safe && n > 0 && strchr("=+-@\t\r", text[0]);
    char *to = reserve(b, 2 * n + 3), *start = to;
    if (!guard && !needs_quotes(text, n)) {
        memcpy(to, text, n);
        b->n += n;
        return;
    }
    *to++ = '"';
    if (guard)
        *to++ = '\'';
    for (size_t i = 0; i < n; i++) {
        if (text[i] == '"')
            *to++ = '"';
        *to++ = text[i];
    }
    *to++ = '"';
    b->n += (size_t)(to - start);
}

static void put_cell(const struct column *c, size_t row, bool excel_safe, struct bytes *b)
{
    switch (c->type) {
    case COLUMN_REAL:
        b->n += real_put(c->as.real[row], reserve(b, LONGEST_NUMBER));
        break;
    case COLUMN_WHOLE:
        if (c->as.whole[row] != WHOLE_MISSING)
            b->n += whole_put(c->as.whole[row], reserve(b, LONGEST_NUMBER));
        break;
    case COLUMN_DAY:
        b->n += day_put(c->as.day[row], reserve(b, LONGEST_NUMBER));
        break;
    case COLUMN_FACTOR:
        if (c->as.level[row] >= 0)
            put_text(c->levels->name[c->as.level[row]], excel_safe, b);
        break;
    case COLUMN_TEXT:
        if (c->as.text[row])
            put_text(c->as.text[row], excel_safe, b);
        break;
    }
}

static void put_header(const struct frame *f, bool excel_safe, struct bytes *b)
{
    for (size_t j = 0; j < f->n_cols; j++) {
        if (j)
            put_char(b, ',');
        put_text(f->cols[j].name, excel_safe, b);
    }
    put_char(b, '\n');
}

/* Texts of rows that follow each other may lie anywhere: those of one to come are fetched. */
static void fetch_texts(const struct frame *f, size_t row)
{
    for (size_t j = 0; j < f->n_cols; j++)
        if (f->cols[j].type == COLUMN_TEXT)
            __builtin_prefetch(f->cols[j].as.text[row]);
}

static void put_rows(const struct frame *f, size_t from, size_t to, bool excel_safe,
                     struct bytes *b)
{
    for (size_t i = from; i < to; i++) {
        if (i + AHEAD < to)
            fetch_texts(f, i + AHEAD);
        for (size_t j = 0; j < f->n_cols; j++) {
            if (j)
                put_char(b, ',');
            put_cell(&f->cols[j], i, excel_safe, b);
        }
        put_char(b, '\n');
    }
}

/* Rows become text in blocks, each by one thread, and are written in their order. */
struct writing {
    const struct frame *frame;
    bool excel_safe;
    FILE *out;
    size_t n_blocks;
    atomic_size_t next; /* block that nobody has taken yet */
    pthread_mutex_t writing;
    pthread_cond_t written;
    size_t turn; /* block that is to be written next */
};

/* Where the stream takes no more, which its owner will ask, no further block is begun. */
static void write_in_turn(struct writing *w, size_t block, const struct bytes *b)
{
    pthread_mutex_lock(&w->writing);
    while (w->turn != block)
        pthread_cond_wait(&w->written, &w->writing);
    if (ferror(w->out) || fwrite(b->at, 1, b->n, w->out) < b->n)
        atomic_store(&w->next, w->n_blocks);
    w->turn++;
    pthread_cond_broadcast(&w->written);
    pthread_mutex_unlock(&w->writing);
}

static void write_blocks(size_t index, void *context)
{
    struct writing *w = context;
    struct bytes b = {.n = 0};
    const size_t n = w->frame->n_rows;
    (void)index;
    for (size_t block; (block = atomic_fetch_add(&w->next, 1)) < w->n_blocks;) {
        const size_t from = block * BLOCK;
        b.n = 0;
        if (block == 0)
            put_header(w->frame, w->excel_safe, &b);
        put_rows(w->frame, from, n - from < BLOCK ? n : from + BLOCK, w->excel_safe, &b);
        write_in_turn(w, block, &b);
    }
    free(b.at);
}

static void put_frame(const struct frame *f, const struct render_options *options, FILE *out)
{
    struct writing w = {.frame = f,
                        .excel_safe = options->excel_safe,
                        .out = out,
                        .n_blocks = f->n_rows ? (f->n_rows + BLOCK - 1) / BLOCK : 1};
    const size_t asked = options->n_threads ? options->n_threads : workers_available();
    const size_t n_threads = asked < w.n_blocks ? asked : w.n_blocks;
    pthread_mutex_init(&w.writing, NULL);
    pthread_cond_init(&w.written, NULL);
    workers_run(n_threads, n_threads, write_blocks, &w);
    pthread_cond_destroy(&w.written);
    pthread_mutex_destroy(&w.writing);
}

static bool render(const struct report *report, const struct render_options *options, FILE *out,
                   struct err *err)
{
    const struct table *t = options->table     ? report_table(report, options->table)
                            : report->n_tables ? &report->tables[0]
                                               : NULL;
    if (!t)
        return err_set(err, ERR_USAGE, "there is no table to write as CSV");
    put_frame(t->frame, options, out);
    return true;
}

const struct renderer renderer_csv = {
    .name = "csv",
    .extension = "csv",
    .render = render,
};
