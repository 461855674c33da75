/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/ledger/internal.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "io/labelled/labelled.h"
#include "io/ledger/collect.h"
#include "io/shape/shape.h"
#include "models/base/workers.h"

enum { CHUNK = 256 << 10 };

struct ledger_files {
    struct ledger_source source;
    const struct study *study;
    size_t chunk, window;
    struct stream_stamp *known; /* [n_ledgers] of the files in the first scan */
};

/* All files on their way through the workers: one after the other, the next begun while
   the last chunks of the one before are read. */
struct pool {
    const struct ledger_files *files;
    const struct ledger_sink *sink;
    const struct ledger_asked *asked;
    struct ledger_limits limits;
    size_t n_threads;
    struct chunk_order order;

    pthread_mutex_t take; /* who takes the next chunk; it guards what follows */
    struct ledger_pass *current;
    size_t n_begun;    /* files */
    uint64_t n_chunks; /* of the files before the current one */
    uint64_t n_bytes;  /* likewise */

    pthread_mutex_t lock; /* of passes' unfinished and closed, of `keep`, and: */
    pthread_cond_t settled;
    size_t n_settled; /* files */
    uint64_t n_lines;
    struct ledger_file_seen *seen;
    struct arena *keep;

    pthread_t caller; /* who alone tells the progress */
    struct timespec start;
    uint64_t size; /* of all files, 0: unknown */
};

const char *ledger_kind_word(enum ledger_kind kind)
{
    static const char *const words[] = {
#define X(code, word) word,
        LEDGER_KIND_LIST(X)
#undef X
    };
    return words[kind];
}

/* ---- files ---- */

static const char *path_of(const struct ledger_files *files, size_t i, struct arena *memory)
{
    const char *file = files->study->ledgers[i].file;
    return files->study->path ? study_path(files->study, file, memory) : file;
}

/* Between two scans a file must stay as it is as well. */
static bool same_as_before(struct ledger_pass *pass, struct stream_stamp *known, struct err *err)
{
    if (known->inode == 0)
        *known = pass->chunks.stamp;
    return stream_unchanged(pass->chunks.stream, known, err);
}

/* What is no plain table is made one on the way. */
static bool open_shape(const struct pool *pool, size_t i, const char *path,
                       struct ledger_pass *pass, struct err *err)
{
    const struct study *study = pool->files->study;
    if (!shape_is_needed(&study->ledgers[i], path))
        return true; /* the chunks will tell what is no text */
    if (!labelled_no_ledger_file(path, err))
        return false;
    pass->shape = shape_open(study, i, path, &pool->limits, err);
    return pass->shape != NULL;
}

static void set_columns(struct ledger_pass *pass, const struct study_ledger *l)
{
    struct ledger_plan *p = &pass->plan;
    p->n_named = pass->shape ? shape_n_named(pass->shape) : p->n_columns;
    p->n_shown = pass->shape ? shape_n_of_file(pass->shape) : p->n_columns;
    p->mark = pass->shape ? (int32_t)p->n_named : NO_COLUMN;
    p->date_format = l->date_format ? l->date_format : "%Y-%m-%d";
    if (pass->shape && shape_writes_iso(pass->shape))
        p->date_format = "%Y-%m-%d";
}

static bool open_file(struct pool *pool, size_t i, struct ledger_pass *pass, struct err *err)
{
    const struct ledger_files *files = pool->files;
    const struct study_ledger *l = &files->study->ledgers[i];
    const char *path = path_of(files, i, pass->memory);
    if (!open_shape(pool, i, path, pass, err))
        return false;
    const struct chunks_how how = {.delimiter = l->delimiter ? study_delimiter(l->delimiter) : ',',
                                   .encoding = pass->shape ? NULL : l->encoding,
                                   .text = pass->shape ? shape_stream(pass->shape) : NULL,
                                   .size = files->chunk,
                                   .limits = &pool->limits,
                                   .hash = pool->asked->hash,
                                   .fingerprint = files->study->n_ledgers > 1,
                                   .order = &pool->order,
                                   .first = pool->n_chunks};
    if (!chunks_open(&pass->chunks, path, &how, &pass->plan.n_columns, &pass->plan.columns,
                     pass->memory, err) ||
        !same_as_before(pass, &files->known[i], err))
        return false;
    pass->plan.file = pass->chunks.file;
    pass->plan.first_chunk = pool->n_chunks;
    set_columns(pass, l);
    if (!ledger_plan_make(&pass->plan, files->study, i, pass->memory, err))
        return false;
    pass->plan.page = pass->chunks.page;
    pass->plan.longest_key = (size_t)pool->limits.key;
    return true;
}

static void free_pass(struct ledger_pass *pass)
{
    for (size_t i = 0; i < pass->n_workers; i++)
        ledger_worker_free(pass->workers[i]);
    chunks_close(&pass->chunks);
    arena_free(pass->memory);
}

static bool is_file(const char *path, uint64_t *size)
{
    struct stat about;
    const bool is = stat(path, &about) == 0 && S_ISREG(about.st_mode);
    *size = is ? (uint64_t)about.st_size : 0;
    return is;
}

/* A pipe may be silent for long: what is wrong with the files before it is told first. */
static void wait_for_others(struct pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    while (pool->n_settled < pool->n_begun)
        pthread_cond_wait(&pool->settled, &pool->lock);
    pthread_mutex_unlock(&pool->lock);
}

static struct ledger_pass *begin(struct pool *pool)
{
    struct arena *memory = arena_new();
    struct ledger_pass *pass = ARENA_NEW(memory, struct ledger_pass, 1);
    uint64_t size;
    pass->memory = memory;
    if (!is_file(path_of(pool->files, pool->n_begun, memory), &size))
        wait_for_others(pool);
    const size_t i = pool->n_begun++;
    pass->n_workers = pool->n_threads;
    pass->workers = ARENA_NEW(memory, struct ledger_worker *, pass->n_workers);
    if (chunk_order_go_on(&pool->order) && open_file(pool, i, pass, &pool->seen[i].err))
        return pass;
    chunk_order_stop(&pool->order);
    free_pass(pass);
    return NULL;
}

/* All chunks of the file are finished. */
static void settle(struct pool *pool, struct ledger_pass *pass)
{
    struct ledger_file_seen *seen = &pool->seen[pass->plan.ledger];
    pthread_mutex_lock(&pool->lock);
    ledger_collect(pass, seen, pool->keep);
    if (seen->err.code != ERR_NONE)
        chunk_order_stop(&pool->order);
    pool->n_settled++;
    pthread_cond_signal(&pool->settled);
    pthread_mutex_unlock(&pool->lock);
    free_pass(pass);
}

/* All chunks of the file have been taken. */
static void close_current(struct pool *pool)
{
    struct ledger_pass *pass = pool->current;
    pool->current = NULL;
    pool->n_chunks += pass->chunks.n;
    pool->n_bytes += chunks_position(&pass->chunks);
    pthread_mutex_lock(&pool->lock);
    pass->closed = true;
    const bool done = pass->unfinished == 0;
    pthread_mutex_unlock(&pool->lock);
    if (done)
        settle(pool, pass);
}

/* ---- chunks ---- */

static struct ledger_pass *claim(struct pool *pool, struct chunk *chunk)
{
    while (chunk_order_go_on(&pool->order)) {
        struct ledger_pass *pass = pool->current;
        if (pass && chunks_claim(&pass->chunks, chunk)) {
            pthread_mutex_lock(&pool->lock);
            pass->unfinished++;
            pthread_mutex_unlock(&pool->lock);
            return pass;
        }
        if (pass && !chunk_order_go_on(&pool->order))
            return NULL;
        if (pass)
            close_current(pool);
        if (pool->n_begun == pool->files->study->n_ledgers)
            return NULL;
        pool->current = begin(pool);
    }
    return NULL;
}

static void finish(struct pool *pool, struct ledger_pass *pass, uint64_t lines)
{
    pthread_mutex_lock(&pool->lock);
    pool->n_lines += lines;
    const bool done = --pass->unfinished == 0 && pass->closed;
    pthread_mutex_unlock(&pool->lock);
    if (done)
        settle(pool, pass);
}

static void take_chunk(struct pool *pool, size_t index, struct ledger_pass *pass,
                       struct chunk *chunk)
{
    uint64_t lines = 0;
    if (chunks_fetch(&pass->chunks, chunk)) {
        struct ledger_worker **own = &pass->workers[index];
        if (!*own)
            *own = ledger_worker_new(&pass->plan, &pass->chunks, pool->sink, index,
                                     pool->files->window);
        lines -= (*own)->counts.lines;
        ledger_worker_take(*own, chunk);
        lines += (*own)->counts.lines;
    }
    finish(pool, pass, lines);
}

/* ---- progress ---- */

static double seconds_since(const struct timespec *then)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - then->tv_sec) + 1e-9 * (double)(now.tv_nsec - then->tv_nsec);
}

/* How far it is, and how fast it goes: "840 MB/s, 18.0 million lines/s, ledger.csv", and how
   much it is where nobody knows of how much. */
static void tell(struct pool *pool, const char *file, uint64_t bytes)
{
    char what[400] = "";
    const double seconds = seconds_since(&pool->start) + 1e-9;
    const double megabytes = 1e-6 * (double)bytes;
    int n = 0;
    pthread_mutex_lock(&pool->lock);
    const double lines = 1e-6 * (double)pool->n_lines;
    pthread_mutex_unlock(&pool->lock);
    if (pool->size == 0)
        n = snprintf(what, sizeof what, "%.0f MB, %.1f million lines, ", megabytes, lines);
    snprintf(what + n, sizeof what - (size_t)n, "%.0f MB/s, %.1f million lines/s, %.200s",
             megabytes / seconds, lines / seconds, file);
    const double share = pool->size ? (double)bytes / (double)pool->size : -1;
    pool->asked->progress(pool->asked->progress_context, share < 1 ? share : 1, what);
}

/* Bytes of all files; 0 where one is not a file. */
static uint64_t size_of_all(const struct ledger_files *files)
{
    struct arena *scratch = arena_new();
    uint64_t size = 0;
    bool known = true;
    for (size_t i = 0; known && i < files->study->n_ledgers; i++) {
        uint64_t more;
        known = is_file(path_of(files, i, scratch), &more);
        size += more;
    }
    arena_free(scratch);
    return known ? size : 0;
}

/* ---- the whole ---- */

/* A worker takes chunks until there are none. */
static void work(size_t index, void *context)
{
    struct pool *pool = context;
    struct chunk chunk = {.number = 0};
    const bool tells = pool->asked->progress && pthread_equal(pthread_self(), pool->caller);
    for (bool more = true; more;) {
        uint64_t bytes = 0;
        const char *file = NULL;
        pthread_mutex_lock(&pool->take);
        struct ledger_pass *pass = claim(pool, &chunk);
        if (pass && tells) {
            bytes = pool->n_bytes + chunks_position(&pass->chunks);
            file = pool->files->study->ledgers[pass->plan.ledger].file;
        }
        pthread_mutex_unlock(&pool->take);
        more = pass != NULL;
        if (more)
            take_chunk(pool, index, pass, &chunk);
        if (file)
            tell(pool, file, bytes);
    }
    chunk_free(&chunk);
}

/* Of all files, the first that is wrong; dropped lines one file behind the other. */
static bool gather(const struct pool *pool, struct ledger_scan *scan, struct err *err)
{
    const size_t n = pool->files->study->n_ledgers;
    scan->n_ledgers = n;
    scan->counts = ARENA_NEW(pool->keep, struct ledger_counts, n);
    scan->n_dropped = 0;
    for (size_t i = 0; i < n; i++) {
        if (pool->seen[i].err.code != ERR_NONE) {
            *err = pool->seen[i].err;
            return false;
        }
        scan->counts[i] = pool->seen[i].counts;
        scan->n_dropped += pool->seen[i].n_dropped;
    }
    struct ledger_dropped *all = ARENA_NEW(pool->keep, struct ledger_dropped, scan->n_dropped);
    scan->dropped = all;
    for (size_t i = 0; i < n; i++) {
        if (pool->seen[i].n_dropped > 0)
            memcpy(all, pool->seen[i].dropped, pool->seen[i].n_dropped * sizeof *all);
        all += pool->seen[i].n_dropped;
    }
    return true;
}

static bool scan_files(const struct ledger_source *source, const struct ledger_sink *sink,
                       const struct ledger_asked *asked, struct ledger_scan *seen,
                       struct arena *keep, struct err *err)
{
    const struct ledger_files *files = source->self;
    const struct ledger_limits usual = ledger_limits_usual();
    struct pool pool = {.files = files,
                        .sink = sink,
                        .asked = asked,
                        .limits = ledger_limits_over(&files->study->limits, &usual),
                        .n_threads = asked->n_threads ? asked->n_threads : workers_available(),
                        .seen = ARENA_NEW(keep, struct ledger_file_seen, files->study->n_ledgers),
                        .keep = keep,
                        .caller = pthread_self(),
                        .size = asked->progress ? size_of_all(files) : 0};
    clock_gettime(CLOCK_MONOTONIC, &pool.start);
    chunk_order_start(&pool.order);
    pthread_mutex_init(&pool.take, NULL);
    pthread_mutex_init(&pool.lock, NULL);
    pthread_cond_init(&pool.settled, NULL);
    workers_run(pool.n_threads, pool.n_threads, work, &pool);
    if (pool.current)
        settle(&pool, pool.current);
    pthread_cond_destroy(&pool.settled);
    pthread_mutex_destroy(&pool.lock);
    pthread_mutex_destroy(&pool.take);
    chunk_order_end(&pool.order);
    return gather(&pool, seen, err);
}

const struct ledger_source *ledger_files_sized(const struct study *study, size_t chunk,
                                               size_t window, struct arena *keep)
{
    struct ledger_files *files = ARENA_NEW(keep, struct ledger_files, 1);
    *files = (struct ledger_files){.source = {.self = files, .repeats = true, .scan = scan_files},
                                   .study = study,
                                   .chunk = chunk ? chunk : CHUNK,
                                   .window = window,
                                   .known = ARENA_NEW(keep, struct stream_stamp, study->n_ledgers)};
    for (size_t i = 0; i < study->n_ledgers; i++) {
        uint64_t size;
        files->source.repeats &= is_file(path_of(files, i, keep), &size);
    }
    return &files->source;
}

const struct ledger_source *ledger_files(const struct study *study, struct arena *keep)
{
    return ledger_files_sized(study, 0, 0, keep);
}
