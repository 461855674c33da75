/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/describe/customer_life.h"

#include <assert.h>
#include <string.h>

#include "io/text/parse.h"

/* The customers with a sale. */
struct buyers {
    size_t n;
    int32_t *first, *last;
    uint32_t *purchase_days;
};

static struct buyers buyers_new(size_t n, struct arena *keep)
{
    return (struct buyers){0, ARENA_NEW(keep, int32_t, n), ARENA_NEW(keep, int32_t, n),
                           ARENA_NEW(keep, uint32_t, n)};
}

static void add_buyer(struct buyers *b, int32_t first, int32_t last, uint32_t days)
{
    b->first[b->n] = first;
    b->last[b->n] = last;
    b->purchase_days[b->n++] = days;
}

static struct buyers buyers_of(const struct customers *c, struct arena *keep)
{
    struct buyers b = buyers_new(c->n, keep);
    for (size_t i = 0; i < c->n; i++)
        if (c->tally.purchase_days[i] > 0)
            add_buyer(&b, c->tally.first[i], c->tally.last[i], (uint32_t)c->tally.purchase_days[i]);
    return b;
}

/* The buyers as they stood on a day: who came later is not among them, and whoever
   bought later (in a source that reaches further) has not been silent. */
static struct buyers buyers_until(const struct buyers *all, int32_t day, struct arena *scratch)
{
    struct buyers b = buyers_new(all->n, scratch);
    for (size_t i = 0; i < all->n; i++)
        if (all->first[i] <= day)
            add_buyer(&b, all->first[i], all->last[i] < day ? all->last[i] : day,
                      all->purchase_days[i]);
    return b;
}

/* ---- periods ---- */

static bool in_sight(const struct coverage *c, int32_t from, int32_t to)
{
    return from - LIFE_SIGHT >= c->from && to + LIFE_SIGHT <= c->to + 1;
}

static void add_period(struct customer_life *life, const char *name, int32_t from, int32_t to)
{
    life->period[life->n_periods++] = (struct kept_period){.name = name, .from = from, .to = to};
}

static void add_years(struct customer_life *life, const struct coverage *c, struct arena *keep)
{
    int first, last, month, day;
    civil_from_day(c->from, &first, &month, &day);
    civil_from_day(c->to, &last, &month, &day);
    for (int year = first; year <= last; year++) {
        int32_t from, to;
        bool there = day_from_civil(year, 1, 1, &from) && day_from_civil(year + 1, 1, 1, &to);
        assert(there);
        if (in_sight(c, from, to))
            add_period(life, arena_printf(keep, "%d", year), from, to);
    }
}

static void add_stretches(struct customer_life *life, const struct coverage *c, struct arena *keep)
{
    for (int32_t from = c->from; from <= c->to; from += 365) {
        char start[16], end[16];
        if (in_sight(c, from, from + 365))
            add_period(
                life,
                arena_printf(keep, "%s to %s", day_text(from, start), day_text(from + 364, end)),
                from, from + 365);
    }
}

struct customer_life *customer_life(const struct join *j, double conf_level, struct arena *keep)
{
    const struct coverage *c = &j->coverage;
    struct customer_life *life = ARENA_NEW(keep, struct customer_life, 1);
    life->judged = c->to;
    if (c->to == DAY_MISSING)
        return life;
    struct arena *scratch = arena_new();
    struct buyers all = buyers_of(&j->seen.customers, scratch),
                  then = buyers_until(&all, c->to, scratch);
    life->period = ARENA_NEW(keep, struct kept_period, (size_t)(c->to - c->from) / 365 + 2);
    add_years(life, c, keep);
    if (life->n_periods == 0)
        add_stretches(life, c, keep);
    for (size_t i = 0; i < life->n_periods; i++) {
        struct kept_period *p = &life->period[i];
        p->counts = retention_counts(all.first, all.last, all.n, p->from, p->to);
        p->rate = retention_rate(&p->counts, conf_level);
    }
    for (size_t k = 0; k < 3; k++)
        life->irregular[life->n_irregular++] = irregular_buyers(
            then.first, then.last, then.purchase_days, then.n, c->to, (double)k + 2, conf_level);
    arena_free(scratch);
    return life;
}

/* ---- tables ---- */

static void put_rate(struct results *t, const struct proportion *rate, double min_n)
{
    results_real(t, "rate", rate->estimate);
    results_real(t, "conf_low", rate->conf_low);
    results_real(t, "conf_high", rate->conf_high);
    results_status(t, rate->status == FIT_OK && rate->n < min_n ? FIT_BELOW_MIN_N : rate->status);
}

static const struct frame *periods_frame(const struct customer_life *life, double min_n,
                                         struct arena *keep)
{
    struct results *t =
        results_new("periods", NULL, "period start new end rate conf_low conf_high status", keep);
    results_quantity(t, "conf_low conf_high", QUANTITY_SHARE);
    for (size_t i = 0; i < life->n_periods; i++) {
        const struct kept_period *p = &life->period[i];
        results_row(t, NULL);
        results_text(t, "period", p->name);
        results_whole(t, "start", (int64_t)p->counts.start);
        results_whole(t, "new", (int64_t)p->counts.acquired);
        results_whole(t, "end", (int64_t)p->counts.end);
        put_rate(t, &p->rate, min_n);
    }
    return results_finish(t);
}

static const struct frame *irregular_frame(const struct customer_life *life, double min_n,
                                           struct arena *keep)
{
    struct results *t = results_new(
        "irregular", NULL, "cycles n active one_purchase rate conf_low conf_high status", keep);
    results_quantity(t, "conf_low conf_high", QUANTITY_SHARE);
    for (size_t i = 0; i < life->n_irregular; i++) {
        const struct irregular_buyers *b = &life->irregular[i];
        results_row(t, NULL);
        results_real(t, "cycles", b->cycles);
        results_real(t, "n", (double)b->n_judged);
        results_whole(t, "active", (int64_t)b->n_active);
        results_whole(t, "one_purchase", (int64_t)b->n_one_purchase);
        put_rate(t, &b->active, min_n);
    }
    return results_finish(t);
}

/* Whether customers are other than saydo-ledger lists them, which knows no key rules. */
static bool are_merged(const struct join *j)
{
    return j->seen.customers.n_written > 0;
}

/* The ledger's customers as R reads them, in the study's folder: where that lies must not
   change a byte of a report. */
static const char *r_buyers(const struct join *j, struct arena *keep)
{
    const char *slash = strrchr(j->study->path, '/');
    return arena_printf(keep,
                        "b <- read.csv(pipe('saydo-ledger %s --format=csv')); b <- subset(b, "
                        "purchase_days > 0); f <- as.Date(b$first); l <- as.Date(b$last)",
                        slash ? slash + 1 : j->study->path);
}

static const char *check_periods(const struct customer_life *life, const struct join *j,
                                 struct arena *keep)
{
    char from[16], to[16];
    if (life->n_periods == 0 || are_merged(j))
        return NULL;
    return arena_printf(keep,
                        "%s; from <- as.Date('%s'); to <- as.Date('%s'); s <- sum(f < from & l >= "
                        "from); e <- sum(f < to & l >= to); new <- sum(f >= from & f < to & l >= "
                        "to); prop.test(e - new, s, correct = FALSE)",
                        r_buyers(j, keep), day_text(life->period[0].from, from),
                        day_text(life->period[0].to, to));
}

static const char *check_irregular(const struct customer_life *life, const struct join *j,
                                   struct arena *keep)
{
    char day[16];
    if (life->n_irregular == 0 || are_merged(j))
        return NULL;
    return arena_printf(keep,
                        "%s; g <- as.numeric(l - f); n <- b$purchase_days - 1; s <- "
                        "as.numeric(as.Date('%s') - l); k <- n > 0; prop.test(sum((s * n <= 3 * "
                        "g)[k]), sum(k), correct = FALSE)",
                        r_buyers(j, keep), day_text(life->judged, day));
}

void customer_life_tables(const struct customer_life *life, const struct join *j, double min_n,
                          struct report_builder *report, struct arena *keep)
{
    char from[16], to[16];
    const char *covered = life->judged == DAY_MISSING
                              ? "no day"
                              : arena_printf(keep, "%s to %s", day_text(j->coverage.from, from),
                                             day_text(j->coverage.to, to));
    report_add_table(
        report,
        &(struct table){
            .id = "periods",
            .sheet = "Retention",
            .title = "How many customers are kept over a year?",
            .note = arena_printf(
                keep,
                "All customers of the ledger (covered: %s). rate = (end - new) / start, Wilson's "
                "interval. A customer on a day has bought before it and buys on it or later, so a "
                "period needs a year of ledger before and after it; others are left out. Earlier "
                "periods have longer to show that a slow buyer is still one.",
                covered),
            .check_r = check_periods(life, j, keep),
            .check_spss = "COMPUTE start = (first < from AND last >= from). COMPUTE end = (first < "
                          "to AND last >= to). COMPUTE new = (end AND first >= from). "
                          "FREQUENCIES start end new. on the CSV of saydo-ledger",
            .frame = periods_frame(life, min_n, keep)});
    report_add_table(
        report,
        &(struct table){
            .id = "irregular",
            .aside = true,
            .sheet = "Irregular buyers",
            .title = "Who still counts as a customer, though nobody gives notice?",
            .note = arena_printf(
                keep,
                "All customers of the ledger with two purchase days or more, judged on %s: active "
                "is who has been silent for no longer than `cycles` of his own mean gaps. A "
                "convention, not an estimate: with random gaps 13.5, 5.0 and 1.8 %% of those who "
                "are still active are called lost after 2, 3 and 4 cycles.",
                life->judged == DAY_MISSING ? "no day" : day_text(life->judged, to)),
            .check_r = check_irregular(life, j, keep),
            .check_spss = "SELECT IF purchase_days > 1. COMPUTE active = ((day - last) * "
                          "(purchase_days - 1) <= 3 * (last - first)). FREQUENCIES active. with "
                          "dates as day numbers",
            .frame = irregular_frame(life, min_n, keep)});
}
