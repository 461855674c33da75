/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/simulate/purchases.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_randist.h>

enum { MAX_LINES = 8 };

/* Chances of what makes a ledger a ledger. */
static const double chance_return = 0.06, chance_payment = 0.15, chance_foreign = 0.04,
                    chance_answer_day = 0.04;

/* The documents of one person are written into `lines`. */
struct writer {
    struct ledger_lines *lines;
    const struct market *market;
    uint32_t person, documents; /* documents so far, of all people */
    gsl_rng *rng;
    struct arena *keep;
};

static void write_line(struct writer *w, int32_t day, size_t position, enum line_kind kind,
                       int64_t minor)
{
    struct ledger_lines *l = w->lines;
    if (day < w->market->calendar.first || day > w->market->calendar.last)
        return;
    if (l->n == l->capacity) {
        size_t more = l->capacity ? 2 * l->capacity : 4096;
        struct ledger_line *at = ARENA_NEW(w->keep, struct ledger_line, more);
        if (l->n)
            memcpy(at, l->at, l->n * sizeof *at);
        l->at = at;
        l->capacity = more;
    }
    l->at[l->n++] = (struct ledger_line){.minor = minor,
                                         .person = w->person,
                                         .document = w->documents,
                                         .day = day,
                                         .position = (uint16_t)position,
                                         .kind = (uint8_t)kind};
}

/* A document of `minor` cents in 1..max_lines lines of at least a cent each. */
static void write_document(struct writer *w, int32_t day, enum line_kind kind, int64_t minor,
                           size_t max_lines)
{
    size_t n = 1 + rng_below(w->rng, max_lines);
    double weight[MAX_LINES], total = 0;
    assert(n <= MAX_LINES);
    for (size_t i = 0; i < n; i++)
        total += weight[i] = 0.2 + gsl_rng_uniform(w->rng);
    w->documents++;
    int64_t rest = minor;
    for (size_t i = 0; i < n; i++) {
        int64_t part = i + 1 < n ? llround((double)minor * weight[i] / total) : rest;
        part = part < 1 ? 1 : part;
        rest -= part;
        write_line(w, day, i, kind, part);
    }
}

static void write_single(struct writer *w, int32_t day, enum line_kind kind, int64_t minor)
{
    w->documents++;
    write_line(w, day, 0, kind, minor);
}

/* One purchase worth `net` cents after returns; a return stands before `end`. */
static void write_purchase(struct writer *w, int32_t day, int32_t end, int64_t net,
                           size_t max_lines)
{
    bool returned = gsl_rng_uniform(w->rng) < chance_return;
    double kept = returned ? 0.4 + 0.4 * gsl_rng_uniform(w->rng) : 1;
    int64_t gross = llround((double)net / kept);
    write_document(w, day, LINE_SALE, gross, max_lines);
    int32_t later = day + 1 + (int32_t)rng_below(w->rng, 20);
    if (gross > net)
        write_single(w, later < end ? later : end - 1, LINE_RETURN, net - gross);
    if (gsl_rng_uniform(w->rng) < chance_payment)
        write_single(w, day + 14, LINE_PAYMENT, -gross);
}

/* The purchases of one year that starts on `day`: `spend` cents in n documents. */
static void write_year(struct writer *w, int32_t day, size_t n, double spend, size_t max_lines)
{
    double *weight = ARENA_NEW(w->keep, double, n), total = 0;
    for (size_t i = 0; i < n; i++)
        total += weight[i] = gsl_ran_gamma(w->rng, 3, 1);
    double before = 0;
    int64_t spent = 0;
    for (size_t i = 0; i < n; i++) { /* rounded so that the parts add up to the whole */
        before += weight[i];
        int64_t part = llround(spend * before / total) - spent;
        part = part < 1 ? 1 : part;
        spent += part;
        write_purchase(w, day + (int32_t)rng_below(w->rng, YEAR), day + YEAR, part, max_lines);
    }
}

/* One year of one person, drawn from the model of cell.h. */
static void draw_year(struct writer *w, const struct person *p, int32_t day)
{
    const struct true_cell *cell = &true_cells[p->cell];
    const struct cell_truth *truth = &w->market->truth[p->cell];
    bool retained = gsl_rng_uniform(w->rng) < true_retention(cell, truth, p->intent, p->propensity);
    double activity = truth->activity[p->activity];
    double rate = gsl_ran_gamma(w->rng, cell->size, cell->further * activity / cell->size);
    size_t n = 1 + gsl_ran_poisson(w->rng, rate);
    double spread = gsl_ran_gamma(w->rng, cell->shape, 1 / cell->shape);
    if (gsl_rng_uniform(w->rng) < chance_foreign) {
        int32_t when = day + (int32_t)rng_below(w->rng, YEAR);
        write_document(w, when, LINE_FOREIGN, 500 + (int64_t)rng_below(w->rng, 20000), 2);
    }
    double spend = true_spend_if_retained(cell, truth, p->intent, p->propensity);
    if (retained)
        write_year(w, day, n, 100 * spend * activity * spread, cell->max_lines);
}

/* Years count from the answer: those before it end on the day before it, those
   after it start on the day after it. */
static void draw_person(struct writer *w, const struct person *p)
{
    const struct calendar *c = &w->market->calendar;
    if (p->unlisted)
        write_single(w, c->first + (int32_t)rng_below(w->rng, YEAR), LINE_PAYMENT, -500);
    if (p->prospect)
        return;
    int32_t day = p->anchor;
    while (day > c->first)
        day -= YEAR;
    for (; day < p->anchor; day += YEAR)
        draw_year(w, p, day);
    if (p->wave != NO_WAVE && gsl_rng_uniform(w->rng) < chance_answer_day)
        write_document(w, p->anchor, LINE_SALE, 1000 + (int64_t)rng_below(w->rng, 9000),
                       true_cells[p->cell].max_lines);
    for (day = p->anchor + 1; day <= c->last; day += YEAR)
        draw_year(w, p, day);
}

/* Sales at the till without a customer, one to three on most days. */
static void draw_till(struct writer *w)
{
    const struct calendar *c = &w->market->calendar;
    w->person = NOBODY;
    for (int32_t day = c->first; day <= c->last; day++)
        for (uint64_t k = rng_below(w->rng, 3); k > 0; k--)
            write_document(w, day, LINE_SALE, 200 + (int64_t)rng_below(w->rng, 8000), 2);
}

static int compare_lines(const void *a, const void *b)
{
    const struct ledger_line *x = a, *y = b;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    if (x->document != y->document)
        return x->document < y->document ? -1 : 1;
    return x->position < y->position ? -1 : x->position > y->position;
}

/* Documents get their numbers in the order of the ledger. */
static void number_documents(struct ledger_lines *lines)
{
    qsort(lines->at, lines->n, sizeof *lines->at, compare_lines);
    uint32_t number = 0, last = 0;
    for (size_t i = 0; i < lines->n; i++) {
        if (i == 0 || lines->at[i].document != last)
            number++;
        last = lines->at[i].document;
        lines->at[i].document = number;
    }
}

struct ledger_lines market_purchases(const struct market *market, struct arena *keep)
{
    struct ledger_lines lines = {0};
    struct writer w = {.lines = &lines, .market = market, .keep = keep};
    for (size_t i = 0; i < market->n_people; i++) {
        w.person = (uint32_t)i;
        w.rng = market_stream(market, FOR_BEHAVIOUR, i, keep);
        draw_person(&w, &market->people[i]);
    }
    w.rng = market_stream(market, FOR_TILL, 0, keep);
    draw_till(&w);
    number_documents(&lines);
    return lines;
}

static void count_line(const struct person *p, const struct ledger_line *line, bool first_of_day,
                       struct doing *d)
{
    bool inside = line->day > p->anchor && line->day <= p->anchor + YEAR;
    bool before = line->day >= p->anchor - YEAR && line->day < p->anchor;
    bool sale = line->kind == LINE_SALE, returned = line->kind == LINE_RETURN;
    if (before && (sale || returned))
        d->baseline_spend += line->minor;
    if (before && sale)
        d->baseline_purchases += line->position == 0;
    if (inside && returned)
        d->returned += line->minor;
    if (inside && sale) {
        d->gross += line->minor;
        d->lines++;
        d->purchases += line->position == 0;
        d->purchase_days += first_of_day;
    }
    d->spend = d->gross + d->returned;
}

struct doing *market_recount(const struct market *market, const struct ledger_lines *lines,
                             struct arena *keep)
{
    struct doing *doing = ARENA_NEW(keep, struct doing, market->n_people);
    int32_t *last_sale = ARENA_NEW(keep, int32_t, market->n_people);
    for (size_t i = 0; i < market->n_people; i++) {
        const struct person *p = &market->people[i];
        last_sale[i] = INT32_MIN;
        doing[i].known = !p->unlisted;
        doing[i].covered = p->anchor + YEAR <= market->calendar.last;
    }
    for (size_t k = 0; k < lines->n; k++) {
        const struct ledger_line *line = &lines->at[k];
        if (line->person == NOBODY)
            continue;
        uint32_t i = line->person;
        doing[i].known = true;
        count_line(&market->people[i], line, line->day != last_sale[i], &doing[i]);
        if (line->kind == LINE_SALE)
            last_sale[i] = line->day;
    }
    return doing;
}
