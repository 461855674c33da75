/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/ledger/pass.h"

#include <string.h>

#include "analysis/ledger/written.h"
#include "models/base/workers.h"

/* What a thread needs of its own. */
struct worker {
    struct arena *memory;
    struct customer_work *customers;
    struct measure_work *measures;
};

struct pass {
    struct customer_table *customers;
    struct measure_table *measures; /* NULL: no respondents */
    size_t n_workers;
    struct worker *workers;
};

static bool take(void *context, const struct ledger_batch *batch, struct ledger_refusal *refusal)
{
    const struct pass *pass = context;
    const struct worker *w = &pass->workers[batch->worker];
    const bool well = customer_table_take(pass->customers, w->customers, batch, refusal);
    return pass->measures ? measure_table_take(pass->measures, w->measures, batch,
                                               customer_work_persons(w->customers), refusal)
                          : well;
}

static void start(struct pass *pass, const struct behaviour_scan *scan, struct arena *scratch)
{
    const uint64_t memory = scan->memory ? scan->memory : (uint64_t)BEHAVIOUR_MEMORY_MB << 20;
    const bool keeps = !scan->source->repeats;
    pass->customers = customer_table_new(
        &(struct customer_options){.from = scan->from,
                                   .to = scan->to,
                                   .memory = memory,
                                   .keeps = keeps,
                                   .resolve = scan->respondents ? scan->resolve : NULL,
                                   .resolve_context = scan->resolve_context,
                                   .persons_only = scan->respondents && scan->respondents_only,
                                   .owner = scan->owner,
                                   .owner_context = scan->owner_context});
    if (scan->respondents)
        pass->measures = measure_table_new(
            scan->respondents,
            &(struct measure_options){.seed = customer_table_seed(pass->customers),
                                      .memory = memory / 4,
                                      .keeps = keeps});
    pass->n_workers = scan->n_threads ? scan->n_threads : workers_available();
    pass->workers = ARENA_NEW(scratch, struct worker, pass->n_workers);
    for (size_t i = 0; i < pass->n_workers; i++) {
        struct arena *memory_of_worker = arena_new();
        pass->workers[i] =
            (struct worker){memory_of_worker, customer_work_new(pass->customers, memory_of_worker),
                            measure_work_new(memory_of_worker)};
    }
}

static void end(struct pass *pass)
{
    customer_table_free(pass->customers);
    measure_table_free(pass->measures);
    for (size_t i = 0; i < pass->n_workers; i++) {
        customer_work_free(pass->workers[i].customers);
        arena_free(pass->workers[i].memory);
    }
}

/* What a second look at the same lines must find again. */
static bool is_same(const struct ledger_counts *a, const struct ledger_counts *b)
{
    return a->lines == b->lines && a->first == b->first && a->last == b->last &&
           memcmp(a->kind, b->kind, sizeof a->kind) == 0;
}

/* The second pass, for the customers and respondents whose documents were lost. */
static bool look_again(struct pass *pass, const struct behaviour_scan *scan,
                       const struct ledger_asked *asked, struct behaviour_seen *seen,
                       size_t n_ledgers, struct err *err)
{
    const struct ledger_sink sink = {pass, take};
    const bool customers = customer_table_again(pass->customers);
    const bool measures = pass->measures && measure_table_again(pass->measures);
    if (!customers && !measures)
        return true;
    struct arena *scratch = arena_new();
    struct ledger_scan second;
    struct ledger_asked plainly = *asked;
    plainly.hash = false;
    seen->twice = true;
    bool well = scan->source->scan(scan->source, &sink, &plainly, &second, scratch, err);
    for (size_t i = 0; i < n_ledgers && well; i++)
        if (!is_same(&seen->ledgers.counts[i], &second.counts[i]))
            well = err_set(err, ERR_FILE,
                           "a ledger has changed while it was read; copy it first, and read the "
                           "copy");
    arena_free(scratch);
    return well;
}

/* The keys as written, of all threads. */
static void settle_written(const struct pass *pass, struct customers *to, struct arena *keep)
{
    struct arena *scratch = arena_new();
    struct written **all = ARENA_NEW(scratch, struct written *, pass->n_workers);
    for (size_t i = 0; i < pass->n_workers; i++)
        all[i] = customer_work_written(pass->workers[i].customers);
    written_settle(all, pass->n_workers, to, keep);
    arena_free(scratch);
}

bool behaviour_scan(const struct behaviour_scan *scan, struct behaviour_seen *seen,
                    struct arena *keep, struct err *err)
{
    struct arena *scratch = arena_new();
    struct pass pass = {.customers = NULL};
    const struct ledger_sink sink = {&pass, take};
    *seen = (struct behaviour_seen){.measures = {.n = 0}};
    start(&pass, scan, scratch);
    const struct ledger_asked asked = {.n_threads = pass.n_workers,
                                       .hash = scan->hash,
                                       .progress = scan->progress,
                                       .progress_context = scan->progress_context};
    bool well = scan->source->scan(scan->source, &sink, &asked, &seen->ledgers, keep, err) &&
                look_again(&pass, scan, &asked, seen, seen->ledgers.n_ledgers, err);
    seen->spilled = customer_table_spilled(pass.customers);
    if (pass.measures)
        seen->spilled += measure_table_spilled(pass.measures);
    well =
        well && customer_table_result(pass.customers, pass.n_workers, &seen->customers, keep, err);
    if (well && scan->owner)
        settle_written(&pass, &seen->customers, keep);
    if (well && pass.measures)
        well = measure_table_result(pass.measures, pass.n_workers, &seen->measures, keep, err);
    end(&pass);
    arena_free(scratch);
    return well;
}
