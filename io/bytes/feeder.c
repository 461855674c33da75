/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/bytes/feeder.h"

#include <pthread.h>
#include <string.h>

enum { AHEAD = 4, PIECE = 64 << 10 };

/* What a block is given with. */
struct fed {
    struct text_block block;
    bool last;
    uint64_t position;
    struct err *err; /* NULL: well */
};

struct feeder {
    struct arena *own;
    struct stream *stream;
    struct decoder *decoder;
    size_t front, size;
    const char *at, *end; /* text that is not yet in a block */
    char *piece;          /* [PIECE] as read, without a decoder */
    struct err err;
    uint64_t position;

    bool threaded;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool stop;
    size_t given, taken; /* blocks so far; queue[taken % AHEAD] is the next to be taken */
    struct fed queue[AHEAD];
};

void text_block_make(struct text_block *b, size_t front, size_t room)
{
    if (b->own && b->front == front && b->room == room)
        return;
    arena_free(b->own);
    *b = (struct text_block){.own = arena_new(), .front = front, .room = room};
    b->memory = ARENA_NEW(b->own, char, front + room);
}

void text_block_free(struct text_block *b)
{
    arena_free(b->own);
    *b = (struct text_block){.own = NULL};
}

/* More text: at == end at the end of the file. */
static bool next_piece(struct feeder *f, struct err *err)
{
    size_t got;
    if (f->decoder)
        return decoder_next(f->decoder, 0, &f->at, &f->end, err);
    if (!stream_read(f->stream, f->piece, PIECE, &got, err))
        return false;
    f->at = f->piece;
    f->end = f->piece + got;
    return true;
}

static void fill(struct feeder *f, struct fed *fed)
{
    text_block_make(&fed->block, f->front, f->size);
    fed->block.n = 0;
    fed->last = false;
    fed->err = NULL;
    while (fed->block.n < f->size && !fed->last) {
        if (f->at == f->end && (f->err.code != ERR_NONE || !next_piece(f, &f->err))) {
            /* What is before it is given first, but for what damaged data unpacked to. */
            fed->err = fed->block.n > 0 && !stream_is_compressed(f->stream) ? NULL : &f->err;
            break;
        }
        const size_t ready = (size_t)(f->end - f->at), room = f->size - fed->block.n;
        const size_t n = ready < room ? ready : room;
        memcpy(fed->block.memory + f->front + fed->block.n, f->at, n);
        fed->block.n += n;
        f->at += n;
        fed->last = ready == 0;
    }
    fed->position = stream_position(f->stream);
}

static void *feed(void *context)
{
    struct feeder *f = context;
    bool more = true;
    pthread_mutex_lock(&f->lock);
    while (more) {
        while (f->given - f->taken == AHEAD && !f->stop)
            pthread_cond_wait(&f->changed, &f->lock);
        if (f->stop)
            break;
        struct fed *fed = &f->queue[f->given % AHEAD];
        pthread_mutex_unlock(&f->lock);
        fill(f, fed);
        pthread_mutex_lock(&f->lock);
        more = !fed->last && !fed->err;
        f->given++;
        pthread_cond_signal(&f->changed);
    }
    pthread_mutex_unlock(&f->lock);
    return NULL;
}

struct feeder *feeder_new(struct stream *stream, struct decoder *decoder, const char *rest,
                          size_t n, size_t front, size_t size)
{
    struct arena *own = arena_new();
    struct feeder *f = ARENA_NEW(own, struct feeder, 1);
    f->own = own;
    f->stream = stream;
    f->decoder = decoder;
    f->front = front;
    f->size = size;
    f->at = rest;
    f->end = rest + n;
    f->piece = decoder ? NULL : ARENA_NEW(own, char, PIECE);
    pthread_mutex_init(&f->lock, NULL);
    pthread_cond_init(&f->changed, NULL);
    f->threaded = pthread_create(&f->thread, NULL, feed, f) == 0;
    return f;
}

bool feeder_take(struct feeder *f, struct text_block *block, bool *last, struct err *err)
{
    pthread_mutex_lock(&f->lock);
    struct fed *fed = &f->queue[f->taken % AHEAD];
    if (!f->threaded) /* no thread could be started */
        fill(f, fed);
    while (f->threaded && f->given == f->taken)
        pthread_cond_wait(&f->changed, &f->lock);
    const bool well = !fed->err;
    const struct text_block taken = fed->block;
    fed->block = *block;
    *block = taken;
    *last = fed->last;
    f->position = fed->position;
    if (!well && err->code == ERR_NONE)
        *err = *fed->err;
    f->taken++;
    pthread_cond_signal(&f->changed);
    pthread_mutex_unlock(&f->lock);
    return well;
}

uint64_t feeder_position(const struct feeder *f)
{
    return f->position;
}

void feeder_free(struct feeder *f)
{
    if (!f)
        return;
    pthread_mutex_lock(&f->lock);
    f->stop = true;
    pthread_cond_signal(&f->changed);
    pthread_mutex_unlock(&f->lock);
    stream_stop(f->stream);
    if (f->threaded)
        pthread_join(f->thread, NULL);
    for (size_t i = 0; i < AHEAD; i++)
        text_block_free(&f->queue[i].block);
    pthread_mutex_destroy(&f->lock);
    pthread_cond_destroy(&f->changed);
    arena_free(f->own);
}
