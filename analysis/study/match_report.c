/* SPDX-License-Identifier: GPL-3.0-or-later
   The match report of join.h: what was counted, and who was not found. */
#include <math.h>
#include <string.h>

#include "analysis/study/join.h"
#include "analysis/study/phrases.h"
#include "analysis/study/response_dates.h"
#include "io/privacy/personal.h"

void join_table_study(const struct frame *study, struct report_builder *report)
{
    report_add_table(report,
                     &(struct table){.id = "study",
                                     .sheet = "Study",
                                     .title = "One row per respondent: what they said and did",
                                     .note = "Matched respondents whose window the ledger covers. "
                                             "Behaviours are counted in each respondent's own "
                                             "window; baseline_* before the response.",
                                     .check_r = "s <- read.csv('tables/study.csv', colClasses = "
                                                "c(key = 'character')); summary(s)",
                                     .check_spss = "GET DATA /TYPE=TXT /FILE='tables/study.csv' "
                                                   "/FIRSTCASE=2 /VARIABLES=key A40 ...; "
                                                   "DESCRIPTIVES ALL.",
                                     .frame = study});
}

/* Rows of the table `matching`: section, step, count, share of the section's base. */
struct counting {
    struct results *t;
    const char *section;
    double base;
};

static void count_row(const struct counting *c, const char *step, uint64_t count)
{
    results_row(c->t, NULL);
    results_text(c->t, "section", c->section);
    results_text(c->t, "step", step);
    results_whole(c->t, "count", (int64_t)count);
    if (c->base > 0)
        results_real(c->t, "share", (double)count / c->base);
}

/* Usable responses whose day is not the one that their cell says. */
static void dated_rows(const struct join *j, struct results *t)
{
    static const struct {
        enum dated dated;
        const char *step;
    } told[] = {{DATED_BY_WAVE, "dated by wave_date"},
                {DATED_ANOTHER_DAY, "on another day in time_zone than written"}};
    const struct responses *r = &j->responses;
    struct counting c = {t, "survey", (double)r->n};
    for (size_t k = 0; k < sizeof told / sizeof *told; k++) {
        uint64_t n = 0;
        for (size_t i = 0; i < r->n; i++)
            n += r->at[i].use == RESPONSE_USABLE && r->at[i].dated == told[k].dated;
        if (n)
            count_row(&c, told[k].step, n);
    }
}

static void survey_rows(const struct join *j, struct results *t)
{
    const struct responses *r = &j->responses;
    struct counting c = {t, "survey", (double)r->n};
    count_row(&c, "rows", r->n);
    for (size_t u = 0; u < RESPONSE_N_USES; u++)
        if (u == RESPONSE_USABLE || r->by_use[u])
            count_row(&c, u == RESPONSE_USABLE ? "usable responses" : response_use_word(u),
                      r->by_use[u]);
    dated_rows(j, t);
    count_row(&(struct counting){t, "survey", 0}, "usable respondents (distinct)",
              j->n_respondents);
}

/* Sale and return lines of blocked accounts. */
static uint64_t blocked_lines(const struct join *j)
{
    const struct customers *c = &j->seen.customers;
    struct arena *scratch = arena_new();
    struct key_buffer buffer = {.arena = scratch};
    uint64_t n = 0;
    for (size_t i = 0; i < c->n; i++)
        n += blocked_is(&j->identity.blocked, c->key[i], strlen(c->key[i]), &buffer) ? c->counted[i]
                                                                                     : 0;
    arena_free(scratch);
    return n;
}

static void blocked_rows(const struct join *j, struct results *t)
{
    if (!j->identity.blocked.n)
        return;
    const struct counting ledger = {t, "ledger", 0}, master = {t, "master", 0};
    count_row(&ledger, "blocked accounts (distinct ids)", j->known.n_blocked_ledger);
    count_row(&ledger, "sale and return lines of blocked accounts", blocked_lines(j));
    if (j->customers)
        count_row(&master, "blocked accounts (distinct ids)", j->known.n_blocked_master);
}

/* How many customers of the mapping have from..to of what `n` counts. */
static uint64_t customers_with(const struct mapping *m, const uint32_t *n, uint32_t from,
                               uint32_t to)
{
    uint64_t count = 0;
    for (size_t i = 0; i < m->n_customers; i++)
        count += n[i] >= from && n[i] <= to;
    return count;
}

/* Distinct respondents with a usable answer, by whether the mapping knows them. */
static void mapped_rows(const struct join *j, const struct counting *c)
{
    const struct mapping *m = &j->identity.mapping;
    struct arena *scratch = arena_new();
    struct key_map *mapped = key_map_new(j->responses.n, scratch);
    struct key_map *own = key_map_new(j->responses.n, scratch);
    for (size_t i = 0; i < j->responses.n; i++) {
        const struct response *a = &j->responses.at[i];
        if (!a->own || a->use == RESPONSE_BLOCKED || a->use == RESPONSE_FILTERED)
            continue;
        struct key_text key = {a->own, strlen(a->own)};
        key_map_add(mapping_respondent(m, key) == MAPPING_NONE ? own : mapped, key.text, key.length,
                    NULL);
    }
    count_row(c, "respondents who stand in it", key_map_count(mapped));
    count_row(c,
              m->others_unmatched ? "respondents who do not: excluded"
                                  : "respondents who do not: their own id is their account",
              key_map_count(own));
    arena_free(scratch);
}

static void mapping_rows(const struct join *j, struct results *t)
{
    const struct mapping *m = &j->identity.mapping;
    if (!m->frame)
        return;
    struct counting c = {t, "mapping", 0};
    count_row(&c, "rows", m->frame->n_rows);
    count_row(&c, "rows without respondent or account", m->n_blank);
    count_row(&c, "rows that repeat one", m->n_twice);
    if (m->n_blocked)
        count_row(&c, "rows of blocked accounts", m->n_blocked);
    mapped_rows(j, &c);
    count_row(&c, "customers", m->n_customers);
    c.base = (double)m->n_customers;
    count_row(&c, "customers with 1 account", customers_with(m, m->n_accounts, 1, 1));
    count_row(&c, "customers with 2 to 5 accounts", customers_with(m, m->n_accounts, 2, 5));
    count_row(&c, "customers with 6 or more accounts",
              customers_with(m, m->n_accounts, 6, UINT32_MAX));
    count_row(&c, "customers with several respondents",
              customers_with(m, m->n_respondents, 2, UINT32_MAX));
}

/* The ids that rules such as parent made one. */
static void merged_rows(const struct join *j, const struct counting *c, const struct merging *m)
{
    if (!keys_merge(&j->identity.rules, SIZE_MAX))
        return;
    count_row(c, "ids that are merged", m->n_ids);
    count_row(c, "customers that they are merged into", m->n_owners);
}

static void ledger_rows(const struct join *j, struct results *t)
{
    uint64_t kind[LEDGER_N_KINDS] = {0}, refunds = 0;
    struct counting c = {t, "ledger", 0};
    for (size_t i = 0; i < j->study->n_ledgers; i++) {
        c.base += (double)j->seen.ledgers.counts[i].lines;
        refunds += j->seen.ledgers.counts[i].refunds;
        for (size_t k = 0; k < LEDGER_N_KINDS; k++)
            kind[k] += j->seen.ledgers.counts[i].kind[k];
    }
    count_row(&c, "lines", (uint64_t)c.base);
    for (size_t k = 0; k < LEDGER_N_KINDS; k++)
        if (kind[k])
            count_row(&c, ledger_kind_word(k), kind[k]);
    if (refunds)
        count_row(&c, "sales of which something was refunded", refunds);
    c.base = 0;
    count_row(&c, "customers (distinct ids)", key_map_count(j->known.ledger.map));
    merged_rows(j, &c, &j->known.ledger_merging);
    c.section = "master";
    if (j->customers) {
        count_row(&c, "customers (distinct ids)", key_map_count(j->known.master.map));
        merged_rows(j, &c, &j->known.master_merging);
    }
}

static void match_rows(const struct join *j, struct results *t, struct arena *keep)
{
    struct counting c = {t, "match", (double)j->n_respondents};
    const struct known_counts *by = join_found_by_rules(j, keep);
    size_t in_master_only = 0;
    count_row(&c, "found as written", by[0].found);
    for (size_t k = 1; k <= j->identity.rules.n; k++)
        count_row(&c, arena_printf(keep, "found only after %s", j->identity.rules.at[k - 1].text),
                  by[k].found > by[k - 1].found ? by[k].found - by[k - 1].found : 0);
    count_row(&c, "found in all", j->n_found);
    for (size_t i = 0; i < j->responses.n; i++) {
        const struct response *a = &j->responses.at[i];
        if (a->use != RESPONSE_USABLE || a->unmapped)
            continue;
        uint32_t at = key_map_find(j->known.map, a->joined, strlen(a->joined));
        in_master_only += at != KEY_MAP_NONE && j->known.ledger_id[at] == KEY_MAP_NONE;
    }
    c.base = (double)j->responses.by_use[RESPONSE_USABLE];
    count_row(&c, "responses of customers in the master without a ledger line: spend 0",
              in_master_only);
    count_row(&c, "responses not found: excluded", j->by_fate[FATE_NOT_FOUND]);
    if (j->by_fate[FATE_UNMAPPED])
        count_row(&c, "responses not in the mapping: excluded", j->by_fate[FATE_UNMAPPED]);
    if (j->by_fate[FATE_AMBIGUOUS])
        count_row(&c, "responses with an ambiguous key: excluded", j->by_fate[FATE_AMBIGUOUS]);
}

static void window_rows(const struct join *j, struct results *t)
{
    size_t zero = 0, short_baseline = 0;
    struct counting c = {t, "window", 0};
    for (size_t i = 0; i < j->responses.n; i++) {
        if (j->fate[i] != FATE_STUDY)
            continue;
        zero += j->seen.measures.window.purchases[j->measured[i]] == 0;
        short_baseline += j->baseline_missing[i];
    }
    c.base = (double)j->responses.by_use[RESPONSE_USABLE];
    count_row(&c, "not covered by the ledger: excluded", j->by_fate[FATE_CENSORED]);
    count_row(&c, "in the study", j->by_fate[FATE_STUDY]);
    c.base = (double)j->by_fate[FATE_STUDY];
    count_row(&c, "in the study without a purchase in the window", zero);
    if (j->study->join.baseline > 0)
        count_row(&c, "in the study without a whole baseline window", short_baseline);
}

void join_table_matching(const struct join *j, struct report_builder *report, struct arena *keep)
{
    struct results *t = results_new("matching", NULL, "section step count share", keep);
    survey_rows(j, t);
    ledger_rows(j, t);
    blocked_rows(j, t);
    mapping_rows(j, t);
    match_rows(j, t, keep);
    window_rows(j, t);
    const char *note =
        j->customers ? "Match rate = respondents found / usable respondents, before censoring. "
                       "A customer in the master or on any ledger line exists: without a "
                       "purchase the spend is 0."
                     : "There is no customer master: customers who never bought are missing, "
                       "and retention is biased upward. Match rate = respondents found / usable "
                       "respondents, before censoring.";
    report_add_table(
        report,
        &(struct table){
            .id = "matching",
            .sheet = "Match",
            .title = "From answers to the study: what was counted",
            .note = arena_printf(keep, "%s%s", note,
                                 response_dates_told(j->study, j->said, &j->responses, keep)),
            .check_r = "s <- read.csv('tables/study.csv'); u <- read.csv('tables/unmatched.csv'); "
                       "nrow(s); table(u$reason)",
            .check_spss =
                "GET DATA /TYPE=TXT /FILE='tables/unmatched.csv' ...; FREQUENCIES reason.",
            .frame = results_finish(t)});
}

/* ---- who is not in the study ---- */

enum { RAW_LENGTH = 200 };

/* The personal columns of each survey. */
static const struct personal *personal_of_surveys(const struct join *j, struct arena *keep)
{
    struct personal *of = ARENA_NEW(keep, struct personal, j->study->n_surveys);
    for (size_t s = 0; s < j->study->n_surveys; s++)
        of[s] = personal_of_frame(j->surveys[s], keep);
    return of;
}

void join_table_unmatched(const struct join *j, struct report_builder *report, struct arena *keep)
{
    struct results *t = results_new("unmatched", NULL, "key file line wave reason text", keep);
    const struct personal *personal = personal_of_surveys(j, keep);
    struct arena *scratch = arena_new();
    for (size_t i = 0; i < j->responses.n; i++) {
        const struct response *a = &j->responses.at[i];
        const struct frame *f = j->surveys[a->survey];
        if (j->fate[i] == FATE_STUDY)
            continue;
        results_row(t, NULL);
        results_text(t, "key", a->key);
        results_text(t, "file", j->study->surveys[a->survey].file);
        results_whole(t, "line", (int64_t)f->line[a->row]);
        results_text(t, "wave", j->study->surveys[a->survey].wave);
        results_text(t, "reason",
                     a->use != RESPONSE_USABLE ? response_use_word(a->use)
                                               : fate_reason(j->fate[i]));
        results_text(t, "text",
                     personal_record(f, &personal[a->survey], a->row, RAW_LENGTH, scratch));
        arena_reset(scratch);
    }
    arena_free(scratch);
    report_add_table(report,
                     &(struct table){.id = "unmatched",
                                     .sheet = "Unmatched",
                                     .title = "Survey rows that are not in the study, and why",
                                     .check_r = "table(read.csv('tables/unmatched.csv')$reason)",
                                     .check_spss = "FREQUENCIES reason.",
                                     .frame = results_finish(t)});
}

void join_table_ambiguous(const struct join *j, struct report_builder *report, struct arena *keep)
{
    struct results *t = results_new("ambiguous", NULL, "key file line value reason", keep);
    for (size_t i = 0; i < j->known.n_collisions; i++) {
        const struct collision *c = &j->known.collision[i];
        results_row(t, NULL);
        results_text(t, "key", c->joined);
        results_text(t, "file", c->ids->source);
        if (c->ids->line)
            results_whole(t, "line", (int64_t)c->ids->line[c->second]);
        results_text(t, "value",
                     arena_printf(keep, "%s | %s", key_map_text(c->ids->map, c->first, NULL),
                                  key_map_text(c->ids->map, c->second, NULL)));
        results_text(t, "reason", "two ids that the key rules make one");
    }
    report_add_table(report, &(struct table){.id = "ambiguous",
                                             .sheet = "Ambiguous",
                                             .title = "Ids that the key rules would make one",
                                             .frame = results_finish(t)});
}

void join_table_merged(const struct join *j, struct report_builder *report, struct arena *keep)
{
    if (!j->known.n_merged)
        return;
    struct results *t = results_new("merged", NULL, "key file line value", keep);
    for (size_t i = 0; i < j->known.n_merged; i++) {
        const struct merged *m = &j->known.merged[i];
        results_row(t, NULL);
        results_text(t, "key", m->joined);
        results_text(t, "file", m->ids->source);
        if (m->ids->line)
            results_whole(t, "line", (int64_t)m->ids->line[m->id]);
        results_text(t, "value", key_map_text(m->ids->map, m->id, NULL));
    }
    report_add_table(
        report, &(struct table){.id = "merged",
                                .sheet = "Merged",
                                .title = "Ids that are one customer by the key rules",
                                .note = "key is the customer, value an id as it is written: what "
                                        "stands under any of them is his, and one document "
                                        "number is one purchase.",
                                .frame = results_finish(t)});
}

/* Which of a record's cells are personal is not told by its text: where any may be, none is shown.
 */
static const char *dropped_text(const struct ledger_dropped *d, bool personal, struct arena *keep)
{
    if (d->text && personal)
        return "[left out: the file has personal columns]";
    return d->text ? personal_masked(d->text, keep) : NULL;
}

/* Of each ledger of which records are listed. */
static const bool *ledgers_personal(const struct study *study, const struct ledger_scan *seen,
                                    struct arena *keep)
{
    bool *personal = ARENA_NEW(keep, bool, study->n_ledgers);
    for (size_t i = 0; i < seen->n_dropped; i++) {
        const size_t ledger = seen->dropped[i].ledger;
        if (i == 0 || seen->dropped[i - 1].ledger != ledger)
            personal[ledger] = personal_of_ledger(study, ledger, keep).n > 0;
    }
    return personal;
}

void join_table_dropped(const struct study *study, const struct ledger_scan *seen,
                        struct report_builder *report, struct arena *keep)
{
    struct results *t = results_new("dropped", NULL, "file line reason text", keep);
    const bool *personal = ledgers_personal(study, seen, keep);
    for (size_t i = 0; i < seen->n_dropped; i++) {
        const struct ledger_dropped *d = &seen->dropped[i];
        results_row(t, NULL);
        results_text(t, "file", study->ledgers[d->ledger].file);
        results_whole(t, "line", (int64_t)d->line);
        results_text(t, "reason", d->reason);
        results_text(t, "text", dropped_text(d, personal[d->ledger], keep));
    }
    report_add_table(report,
                     &(struct table){.id = "dropped",
                                     .sheet = "Dropped",
                                     .title = "Ledger lines that were left out",
                                     .note = "At most 1,000 per file and reason are listed; the "
                                             "table matching counts all.",
                                     .check_r = "table(read.csv('tables/dropped.csv')$reason)",
                                     .check_spss = "FREQUENCIES reason.",
                                     .frame = results_finish(t)});
}

/* ---- the funnel ---- */

void join_chart(const struct join *j, struct report_builder *report, struct arena *keep)
{
    static const char *const step[] = {"survey rows", "usable responses",
                                       "found in ledger or master", "window covered: in the study",
                                       "with a purchase"};
    enum { STEPS = sizeof step / sizeof *step };
    double *x = ARENA_NEW(keep, double, STEPS), *y = ARENA_NEW(keep, double, STEPS);
    const char **text = ARENA_NEW(keep, const char *, STEPS);
    double bought = 0;
    for (size_t i = 0; i < j->responses.n; i++)
        bought += j->fate[i] == FATE_STUDY && j->seen.measures.window.purchases[j->measured[i]] > 0;
    x[0] = (double)j->responses.n;
    x[1] = (double)j->responses.by_use[RESPONSE_USABLE];
    x[3] = (double)j->by_fate[FATE_STUDY];
    x[2] = x[3] + (double)j->by_fate[FATE_CENSORED];
    x[4] = bought;
    for (size_t i = 0; i < STEPS; i++) {
        y[i] = (double)i;
        text[i] = arena_printf(keep, "%s (%s)", phrase_count(x[i], keep),
                               phrase_percent(x[0] > 0 ? x[i] / x[0] : NAN, keep));
    }
    struct series *s = ARENA_NEW(keep, struct series, 1);
    *s = (struct series){.mark = MARK_BARS, .n = STEPS, .x = x, .y = y, .text = text};
    struct panel *panel = ARENA_NEW(keep, struct panel, 1);
    *panel = (struct panel){.n_series = 1, .series = s};
    report_add_chart(
        report,
        &(struct chart){.id = "match-funnel",
                        .sheet = "Match",
                        .kind = &chart_kind_bars,
                        .title = "From survey rows to the study",
                        .finding = arena_printf(keep,
                                                "Of %s survey rows %s are usable responses, %s are "
                                                "found and %s have a whole window.",
                                                phrase_count(x[0], keep), phrase_count(x[1], keep),
                                                phrase_count(x[2], keep), phrase_count(x[3], keep)),
                        .x_label = "responses",
                        .n_y_categories = STEPS,
                        .y_category = step,
                        .n_panels = 1,
                        .panels = panel});
}
