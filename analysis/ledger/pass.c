/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/ledger/pass.h"

#include "models/base/workers.h"

enum { LINES = 1024 };

/* What a thread counts; nobody else touches it. */
struct part {
    struct customer_table *customers;
    struct measure_table *measures; /* NULL: no respondents */
};

struct pass {
    const struct behaviour_scan *scan;
    size_t n_parts;
    struct part *parts;
};

/* The respondents' customer behind a line's key. */
static int64_t person_of(const struct behaviour_scan *scan, struct customer *c, size_t ledger,
                         struct slice key)
{
    if (c->ledger != ledger + 1) {
        c->person = scan->resolve(scan->resolve_context, ledger, key.text, key.length);
        c->ledger = (uint32_t)ledger + 1;
    }
    return c->person;
}

static void measure(const struct behaviour_scan *scan, struct part *part,
                    const struct ledger_batch *b, size_t i, struct customer *c)
{
    const uint8_t kind = b->kind[i];
    if (!c || kind > LEDGER_RETURN)
        return;
    const int64_t person = person_of(scan, c, b->ledger, b->key[i]);
    if (person < 0)
        return;
    const struct document document = document_of(b->document[i].text, b->document[i].length,
                                                 b->day[i], customer_table_seed(part->customers));
    measure_table_add(part->measures, person, (enum ledger_kind)kind, b->day[i], b->minor[i],
                      document);
}

static struct ledger_batch lines_of(const struct ledger_batch *b, size_t from)
{
    struct ledger_batch part = *b;
    part.n = b->n - from < LINES ? b->n - from : LINES;
    part.key += from;
    part.document += from;
    part.day += from;
    part.minor += from;
    part.kind += from;
    return part;
}

static bool take(void *context, const struct ledger_batch *batch, struct ledger_refusal *refusal)
{
    const struct pass *pass = context;
    struct part *part = &pass->parts[batch->worker];
    struct customer *who[LINES];
    (void)refusal;
    for (size_t from = 0; from < batch->n; from += LINES) {
        const struct ledger_batch lines = lines_of(batch, from);
        customer_table_take(part->customers, &lines, part->measures ? who : NULL);
        for (size_t i = 0; part->measures && i < lines.n; i++)
            measure(pass->scan, part, &lines, i, who[i]);
    }
    return true;
}

static void start(struct pass *pass, struct arena *scratch)
{
    const struct behaviour_scan *scan = pass->scan;
    const uint64_t seed = customer_seed();
    const struct measure_index *index =
        scan->respondents ? measure_index_new(scan->respondents, scratch) : NULL;
    pass->n_parts = scan->n_threads ? scan->n_threads : workers_available();
    pass->parts = ARENA_NEW(scratch, struct part, pass->n_parts);
    for (size_t i = 0; i < pass->n_parts; i++)
        pass->parts[i] = (struct part){customer_table_new(seed, scan->from, scan->to),
                                       index ? measure_table_new(index) : NULL};
}

static void free_part(struct part *p)
{
    customer_table_free(p->customers);
    measure_table_free(p->measures);
    *p = (struct part){NULL, NULL};
}

struct tables {
    size_t n;
    struct customer_table **customers;
};

static void settle_customers(size_t index, void *context)
{
    const struct tables *tables = context;
    customer_tables_settle(tables->customers, tables->n, index);
}

static void merge(struct pass *pass, struct arena *scratch)
{
    struct tables tables = {pass->n_parts,
                            ARENA_NEW(scratch, struct customer_table *, pass->n_parts)};
    for (size_t i = 0; i < pass->n_parts; i++)
        tables.customers[i] = pass->parts[i].customers;
    workers_run(CUSTOMER_PARTS, pass->n_parts, settle_customers, &tables);
    for (size_t i = 1; i < pass->n_parts; i++) {
        if (pass->parts[0].measures)
            measure_table_merge(pass->parts[0].measures, pass->parts[i].measures);
        free_part(&pass->parts[i]);
    }
}

bool behaviour_scan(const struct behaviour_scan *scan, struct behaviour_seen *seen,
                    struct arena *keep, struct err *err)
{
    struct arena *scratch = arena_new();
    struct pass pass = {.scan = scan};
    const struct ledger_sink sink = {&pass, take};
    *seen = (struct behaviour_seen){.measures = {.n = 0}};
    start(&pass, scratch);
    const struct ledger_asked asked = {.n_threads = pass.n_parts,
                                       .hash = scan->hash,
                                       .progress = scan->progress,
                                       .progress_context = scan->progress_context};
    bool well = scan->source->scan(scan->source, &sink, &asked, &seen->ledgers, keep, err);
    if (well) {
        merge(&pass, scratch);
        well = customer_table_result(pass.parts[0].customers, &seen->customers, keep, err);
    }
    if (well && pass.parts[0].measures)
        well = measure_table_result(pass.parts[0].measures, &seen->measures, keep, err);
    for (size_t i = 0; i < pass.n_parts; i++)
        free_part(&pass.parts[i]);
    arena_free(scratch);
    return well;
}
