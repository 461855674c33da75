/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/ledger/collect.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "io/shape/shape.h"

/* The earlier complaint, by place. */
static const struct complaint *earlier(const struct complaint *a, const struct complaint *b)
{
    if (!a || !b->set)
        return b->set ? b : a;
    if (a->chunk != b->chunk)
        return b->chunk < a->chunk ? b : a;
    return b->line < a->line ? b : a;
}

static struct ledger_types all_types(const struct ledger_pass *pass, struct arena *memory)
{
    struct ledger_types types = ledger_types_new(&pass->plan.declared->type, memory);
    for (size_t i = 0; i < pass->n_workers; i++)
        ledger_types_merge(&types, &pass->workers[i]->types);
    return types;
}

static bool tell(const struct ledger_pass *pass, const struct complaint *c, bool whole,
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
static bool check_returns(const struct ledger_pass *pass, const struct ledger_counts *counts,
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

/* The first line whose amount has another code or glyph beside it than an earlier one.  Each
   worker knows its first lines of two of them: one is that of the file's first, or both are
   others. */
static struct complaint mixed_marks(const struct ledger_pass *pass, struct arena *scratch)
{
    const struct mark_seen *first = NULL;
    const struct complaint *other = NULL;
    struct complaint mixed = {.set = false};
    for (size_t i = 0; i < pass->n_workers; i++) {
        const struct ledger_worker *w = pass->workers[i];
        if (w->n_marks > 0 &&
            (!first || earlier(&first->place, &w->mark[0].place) == &w->mark[0].place))
            first = &w->mark[0];
    }
    for (size_t i = 0; first && i < pass->n_workers; i++)
        for (size_t k = 0; k < pass->workers[i]->n_marks; k++)
            if (strcmp(pass->workers[i]->mark[k].mark.text, first->mark.text) != 0)
                other = earlier(other, &pass->workers[i]->mark[k].place);
    if (!other)
        return mixed;
    mixed = *other;
    mixed.problem.what =
        arena_printf(scratch, "is not marked '%s', as amounts before it are", first->mark.text);
    mixed.problem.mend = "one sum cannot hold two currencies: declare currency: with the column "
                         "that tells it and keep: or to:";
    return mixed;
}

/* The first of all that is wrong with the file. */
static bool check(const struct ledger_pass *pass, const struct ledger_counts *counts,
                  struct arena *scratch, struct err *err)
{
    const struct complaint mixed = mixed_marks(pass, scratch);
    const struct complaint *first = mixed.set ? &mixed : NULL;
    bool whole = chunks_whole(&pass->chunks);
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
    to->refunds += from->refunds;
    to->returns_dated += from->returns_dated;
    to->reversed += from->reversed;
    to->reversed_positive += from->reversed_positive;
    to->sale_negative += from->sale_negative;
    to->return_positive += from->return_positive;
}

/* Days with a line, ascending, from the bits of all workers. */
static void collect_days(const struct ledger_pass *pass, struct ledger_counts *counts,
                         struct arena *keep, struct arena *scratch)
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

/* The currencies that lines have. */
static void collect_converted(const struct ledger_pass *pass, struct ledger_counts *counts,
                              struct arena *keep)
{
    const struct rates *r = pass->plan.rates;
    struct ledger_converted *to = ARENA_NEW(keep, struct ledger_converted, r ? r->n : 0);
    counts->converted = to;
    for (size_t k = 0; r && k < r->n; k++) {
        struct currency_sum sum = {.lines = 0};
        for (size_t i = 0; i < pass->n_workers; i++) {
            sum.lines += pass->workers[i]->sums[k].lines;
            sum.amount += pass->workers[i]->sums[k].amount;
            sum.home += pass->workers[i]->sums[k].home;
        }
        if (sum.lines == 0)
            continue;
        to[counts->n_converted++] = (struct ledger_converted){
            .code = arena_strdup(keep, r->currency[k].code),
            .lines = sum.lines,
            .amount = (double)sum.amount / pow(10, pass->plan.money_of[k].decimals),
            .home = (double)sum.home / pow(10, r->decimals)};
    }
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
static void collect_dropped(const struct ledger_pass *pass, struct ledger_file_seen *seen,
                            struct arena *keep, struct arena *scratch)
{
    size_t n_all = 0, kept[LEDGER_N_KINDS] = {0};
    for (size_t i = 0; i < pass->n_workers; i++)
        n_all += pass->workers[i]->n_left_out;
    struct left_out *all = ARENA_NEW(scratch, struct left_out, n_all), *end = all;
    struct ledger_dropped *to = ARENA_NEW(keep, struct ledger_dropped, n_all);
    for (size_t i = 0; i < pass->n_workers; i++) {
        const struct ledger_worker *w = pass->workers[i];
        if (w->n_left_out > 0)
            memcpy(end, w->left_out, w->n_left_out * sizeof *end);
        end += w->n_left_out;
    }
    qsort(all, n_all, sizeof *all, by_place);
    seen->dropped = to;
    for (size_t i = 0; i < n_all; i++)
        if (kept[all[i].kind]++ < LEDGER_DROPPED_KEPT)
            to[seen->n_dropped++] = (struct ledger_dropped){
                .ledger = pass->plan.ledger,
                .line = chunks_line(&pass->chunks, all[i].chunk, all[i].line),
                .reason = ledger_kind_word((enum ledger_kind)all[i].kind),
                .text = arena_strdup(keep, all[i].text)};
}

static void leave_idle_out(struct ledger_pass *pass)
{
    size_t n = 0;
    for (size_t i = 0; i < pass->n_workers; i++)
        if (pass->workers[i])
            pass->workers[n++] = pass->workers[i];
    pass->n_workers = n;
}

void ledger_collect(struct ledger_pass *pass, struct ledger_file_seen *seen, struct arena *keep)
{
    struct arena *scratch = arena_new();
    leave_idle_out(pass);
    for (size_t i = 0; i < pass->n_workers; i++)
        add_counts(&seen->counts, &pass->workers[i]->counts);
    if (stream_unchanged(pass->chunks.stream, &pass->chunks.stamp, &seen->err) &&
        check(pass, &seen->counts, scratch, &seen->err)) {
        seen->counts.hidden_rows = pass->shape ? shape_hidden_rows(pass->shape) : 0;
        if (pass->shape)
            shape_totals_told(pass->shape, &seen->counts, keep);
        collect_days(pass, &seen->counts, keep, scratch);
        collect_converted(pass, &seen->counts, keep);
        collect_dropped(pass, seen, keep, scratch);
        chunks_hash(&pass->chunks, seen->counts.hash);
        chunks_fingerprint(&pass->chunks, seen->counts.fingerprint);
    }
    arena_free(scratch);
}
