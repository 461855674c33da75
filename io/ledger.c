/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/ledger_internal.h"

#include <stdlib.h>
#include <string.h>

#include "io/ledger_work.h"
#include "models/base/workers.h"

enum { CHUNK = 512 << 10 };

struct ledger_files {
    struct ledger_source source;
    const struct study *study;
    size_t chunk, window;
};

/* One file on its way through the workers. */
struct pass {
    struct ledger_plan plan;
    struct chunks chunks;
    size_t n_workers;
    struct ledger_worker **workers;
    pthread_t caller;
    void (*progress)(void *context, double share, const char *what);
    void *progress_context;
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

/* A worker takes chunks until there are none.  Progress is told by the calling
   thread alone. */
static void work(size_t index, void *context)
{
    struct pass *pass = context;
    struct chunk chunk = {.memory = arena_new()};
    const bool tells = pass->progress && pthread_equal(pthread_self(), pass->caller);
    while (chunks_next(&pass->chunks, &chunk)) {
        ledger_worker_take(pass->workers[index], &chunk);
        if (tells)
            pass->progress(pass->progress_context, chunks_share(&pass->chunks), pass->plan.file);
    }
    arena_free(chunk.memory);
}

/* The earlier complaint, by place. */
static const struct complaint *earlier(const struct complaint *a, const struct complaint *b)
{
    if (!a || !b->set)
        return b->set ? b : a;
    if (a->chunk != b->chunk)
        return b->chunk < a->chunk ? b : a;
    return b->line < a->line ? b : a;
}

static struct ledger_types all_types(const struct pass *pass, struct arena *memory)
{
    struct ledger_types types = ledger_types_new(&pass->plan.declared->type, memory);
    for (size_t i = 0; i < pass->n_workers; i++)
        ledger_types_merge(&types, &pass->workers[i]->types);
    return types;
}

static bool tell(const struct pass *pass, const struct complaint *c, bool whole,
                 struct arena *scratch, struct err *err)
{
    struct problem problem = c->problem;
    problem.line = chunks_line(&pass->chunks, c->chunk, c->line);
    if (c->is_type && whole) {
        const struct ledger_types types = all_types(pass, scratch);
        problem.what = arena_printf(scratch, "%s; the lines of the file have %s", problem.what,
                                    ledger_types_list(&types, scratch));
    }
    return err_at(err, c->code, &problem);
}

/* Returns that mostly add to the amount: the declared sign is not the file's. */
static bool check_returns(const struct pass *pass, const struct ledger_counts *counts,
                          struct arena *scratch, struct err *err)
{
    const struct ledger_plan *p = &pass->plan;
    const int32_t column =
        p->column[ROLE_AMOUNT] != NO_COLUMN ? p->column[ROLE_AMOUNT] : p->column[ROLE_DEBIT];
    if (2 * counts->return_positive <= counts->kind[LEDGER_RETURN] || p->negate_returns)
        return true;
    const struct ledger_types types = all_types(pass, scratch);
    const char *what = arena_printf(
        scratch, "is positive on %llu of %llu return lines (%s), where returns should be negative",
        (unsigned long long)counts->return_positive,
        (unsigned long long)counts->kind[LEDGER_RETURN],
        ledger_types_positive(&types, LEDGER_RETURN, scratch));
    return err_at(err, ERR_VALUE,
                  &(struct problem){.file = p->file,
                                    .column = p->columns[column],
                                    .what = what,
                                    .mend = "declare the amount's sign: as it is in the file "
                                            "(by_type if the type alone tells it), or the types"});
}

/* The first of all that is wrong with the file. */
static bool check(const struct pass *pass, const struct ledger_counts *counts,
                  struct arena *scratch, struct err *err)
{
    const struct complaint *first = NULL;
    bool whole = pass->chunks.err.code == ERR_NONE && !pass->chunks.overlong;
    for (size_t i = 0; i < pass->n_workers; i++) {
        const struct ledger_worker *w = pass->workers[i];
        first = earlier(earlier(earlier(first, &w->broken), &w->unknown), &w->cell);
        whole = whole && !w->broken.set;
    }
    if (first)
        return tell(pass, first, whole, scratch, err);
    return chunks_well(&pass->chunks, err) && check_returns(pass, counts, scratch, err);
}

static void add_counts(struct ledger_counts *to, const struct ledger_counts *from)
{
    to->lines += from->lines;
    for (size_t k = 0; k < LEDGER_N_KINDS; k++)
        to->kind[k] += from->kind[k];
    to->sale_negative += from->sale_negative;
    to->return_positive += from->return_positive;
}

/* Days with a line, ascending, from the bits of all workers. */
static void collect_days(const struct pass *pass, struct ledger_counts *counts, struct arena *keep,
                         struct arena *scratch)
{
    uint64_t *seen = ARENA_NEW(scratch, uint64_t, LEDGER_DAY_WORDS);
    for (size_t i = 0; i < pass->n_workers; i++)
        for (size_t k = 0; k < LEDGER_DAY_WORDS; k++)
            seen[k] |= pass->workers[i]->day_seen[k];
    for (size_t k = 0; k < LEDGER_DAY_WORDS; k++)
        counts->n_days += (size_t)__builtin_popcountll(seen[k]);
    int32_t *days = ARENA_NEW(keep, int32_t, counts->n_days);
    size_t n = 0;
    for (size_t k = 0; k < LEDGER_DAY_WORDS; k++)
        for (uint64_t bits = seen[k]; bits; bits &= bits - 1)
            days[n++] = LEDGER_FIRST_DAY + (int32_t)(64 * k) + __builtin_ctzll(bits);
    counts->days = days;
    counts->first = n ? days[0] : INT32_MIN;
    counts->last = n ? days[n - 1] : INT32_MIN;
}

static int by_place(const void *a, const void *b)
{
    const struct left_out *p = a, *q = b;
    if (p->chunk != q->chunk)
        return p->chunk < q->chunk ? -1 : 1;
    return (p->line > q->line) - (p->line < q->line);
}

/* Each worker holds its first lines of each reason, so that together they hold
   the first of the file. */
static void collect_dropped(const struct pass *pass, struct ledger_dropped *to, size_t *n,
                            struct arena *keep, struct arena *scratch)
{
    size_t n_all = 0, kept[LEDGER_N_KINDS] = {0};
    struct left_out *all =
        ARENA_NEW(scratch, struct left_out, pass->n_workers * LEDGER_N_KINDS * LEDGER_DROPPED_KEPT);
    for (size_t i = 0; i < pass->n_workers; i++) {
        const struct ledger_worker *w = pass->workers[i];
        memcpy(all + n_all, w->left_out, w->n_left_out * sizeof *all);
        n_all += w->n_left_out;
    }
    qsort(all, n_all, sizeof *all, by_place);
    for (size_t i = 0; i < n_all; i++)
        if (kept[all[i].kind]++ < LEDGER_DROPPED_KEPT)
            to[(*n)++] = (struct ledger_dropped){
                .ledger = pass->plan.ledger,
                .line = chunks_line(&pass->chunks, all[i].chunk, all[i].line),
                .reason = ledger_kind_word((enum ledger_kind)all[i].kind),
                .text = arena_strdup(keep, all[i].text)};
}

/* What the scan has seen of one file. */
struct file_seen {
    struct ledger_counts counts;
    size_t n_dropped;
    struct ledger_dropped *dropped;
};

static bool collect(struct pass *pass, struct file_seen *seen, struct arena *keep, struct err *err)
{
    struct arena *scratch = arena_new();
    for (size_t i = 0; i < pass->n_workers; i++)
        add_counts(&seen->counts, &pass->workers[i]->counts);
    const bool well = check(pass, &seen->counts, scratch, err);
    if (well) {
        collect_days(pass, &seen->counts, keep, scratch);
        seen->dropped =
            ARENA_NEW(keep, struct ledger_dropped, LEDGER_N_KINDS * LEDGER_DROPPED_KEPT);
        collect_dropped(pass, seen->dropped, &seen->n_dropped, keep, scratch);
        chunks_hash(&pass->chunks, seen->counts.hash);
    }
    arena_free(scratch);
    return well;
}

static bool run(struct pass *pass, const struct ledger_sink *sink, size_t window,
                struct file_seen *seen, struct arena *keep, struct err *err)
{
    pass->workers = ARENA_NEW(keep, struct ledger_worker *, pass->n_workers);
    for (size_t i = 0; i < pass->n_workers; i++)
        pass->workers[i] = ledger_worker_new(&pass->plan, &pass->chunks, sink, i, window);
    workers_run(pass->n_workers, pass->n_workers, work, pass);
    const bool well = collect(pass, seen, keep, err);
    for (size_t i = 0; i < pass->n_workers; i++)
        ledger_worker_free(pass->workers[i]);
    return well;
}

static bool scan_file(const struct ledger_files *files, size_t ledger, struct pass *pass,
                      const struct ledger_sink *sink, struct file_seen *seen, struct arena *keep,
                      struct err *err)
{
    const struct study_ledger *l = &files->study->ledgers[ledger];
    const char *path = files->study->path ? study_path(files->study, l->file, keep) : l->file;
    const char delimiter = l->delimiter ? study_delimiter(l->delimiter) : ',';
    const bool well = chunks_open(&pass->chunks, path, delimiter, l->encoding, files->chunk,
                                  &pass->plan.n_columns, &pass->plan.columns, keep, err) &&
                      (pass->plan.file = pass->chunks.file) &&
                      ledger_plan_make(&pass->plan, files->study, ledger, keep, err) &&
                      (pass->plan.page = pass->chunks.page, true) &&
                      run(pass, sink, files->window, seen, keep, err);
    chunks_close(&pass->chunks);
    return well;
}

/* Dropped lines of all files, one behind the other. */
static void join_dropped(const struct file_seen *seen, size_t n, struct ledger_scan *scan,
                         struct arena *keep)
{
    scan->n_dropped = 0;
    for (size_t i = 0; i < n; i++)
        scan->n_dropped += seen[i].n_dropped;
    struct ledger_dropped *all = ARENA_NEW(keep, struct ledger_dropped, scan->n_dropped);
    scan->dropped = all;
    for (size_t i = 0; i < n; i++) {
        memcpy(all, seen[i].dropped, seen[i].n_dropped * sizeof *all);
        all += seen[i].n_dropped;
    }
}

static bool scan_files(const struct ledger_source *source, const struct ledger_sink *sink,
                       const struct ledger_asked *asked, struct ledger_scan *seen,
                       struct arena *keep, struct err *err)
{
    const struct ledger_files *files = source->self;
    const size_t n = files->study->n_ledgers;
    struct file_seen *each = ARENA_NEW(keep, struct file_seen, n);
    seen->n_ledgers = n;
    seen->counts = ARENA_NEW(keep, struct ledger_counts, n);
    uint64_t chunk = 0;
    for (size_t i = 0; i < n; i++) {
        struct pass pass = {.n_workers = asked->n_threads ? asked->n_threads : workers_available(),
                            .plan.first_chunk = chunk,
                            .caller = pthread_self(),
                            .progress = asked->progress,
                            .progress_context = asked->progress_context};
        if (!scan_file(files, i, &pass, sink, &each[i], keep, err))
            return false;
        seen->counts[i] = each[i].counts;
        chunk += pass.chunks.n;
    }
    join_dropped(each, n, seen, keep);
    return true;
}

const struct ledger_source *ledger_files_sized(const struct study *study, size_t chunk,
                                               size_t window, struct arena *keep)
{
    struct ledger_files *files = ARENA_NEW(keep, struct ledger_files, 1);
    bool repeats = true;
    for (size_t i = 0; i < study->n_ledgers; i++)
        repeats = repeats && strcmp(study->ledgers[i].file, "-") != 0;
    *files =
        (struct ledger_files){.source = {.self = files, .repeats = repeats, .scan = scan_files},
                              .study = study,
                              .chunk = chunk ? chunk : CHUNK,
                              .window = window};
    return &files->source;
}

const struct ledger_source *ledger_files(const struct study *study, struct arena *keep)
{
    return ledger_files_sized(study, 0, 0, keep);
}
