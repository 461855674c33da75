/* SPDX-License-Identifier: GPL-3.0-or-later
   Which columns hold the customer's id, and which rules make the spellings equal. */
#include <string.h>

#include "analysis/init/draft.h"
#include "analysis/study/known.h"
#include "io/keys.h"

static const char *const ladder[][3] = {{NULL},
                                        {"trim"},
                                        {"case"},
                                        {"strip_zeros"},
                                        {"trim", "case"},
                                        {"trim", "strip_zeros"},
                                        {"case", "strip_zeros"},
                                        {"trim", "case", "strip_zeros"}};
enum { N_LADDER = sizeof ladder / sizeof *ladder };

static struct key_steps steps_of(const struct texts *rules, struct arena *keep)
{
    struct err none = {0};
    struct key_steps steps = {0};
    keys_compile(rules, &steps, keep, &none);
    return steps;
}

static struct texts rules_at(size_t k, struct arena *keep)
{
    struct texts rules = {0, ARENA_NEW(keep, const char *, 3)};
    while (rules.n < 3 && ladder[k][rules.n]) {
        rules.at[rules.n] = ladder[k][rules.n];
        rules.n++;
    }
    return rules;
}

/* ---- the pair of columns ---- */

/* Ids differ from row to row of a survey, and are neither days nor broken numbers. */
static bool may_be_id(const struct profile *p, double least_distinct)
{
    return p->n >= 2 && p->n_distinct >= 2 && !profile_is_date(p) && !p->row_number &&
           (double)p->n_distinct >= least_distinct * (double)p->n &&
           2 * (p->n_number - p->n_whole) < p->n;
}

/* Q1, q12_3: the name of a question. */
static bool is_question(const char *name)
{
    return (name[0] == 'Q' || name[0] == 'q') && name[1] >= '0' && name[1] <= '9';
}

/* A name speaks for or against a column that holds customers' ids: small numbers
   of a few answers are easily found among document numbers too. */
static double by_name(const char *name)
{
    if (name_holds(name, "cust client kund debitor extern member account mitglied panel"))
        return 0.15;
    if (is_question(name) ||
        name_holds(name, "document invoice beleg rechnung amount betrag quantity menge date datum"))
        return -0.3;
    return name_holds(name, "responseid respondent record interview submission ipaddress") ? -0.05
                                                                                           : 0;
}

static double pair_share(const struct draft *d, const struct profile *s, const struct profile *l,
                         const struct texts *rules)
{
    struct arena *scratch = arena_new();
    struct known known = {0};
    size_t collisions;
    struct ids asking = ids_of_column("survey", d->survey.file.frame, s->column->name, scratch);
    known.ledger = ids_of_column("ledger", d->ledger.file.frame, l->column->name, scratch);
    struct key_steps steps = steps_of(rules, scratch);
    size_t n = key_map_count(asking.map);
    size_t found = known_count(&known, &asking, &steps, SIZE_MAX, ARENA_NEW(scratch, bool, n),
                               &collisions, scratch);
    arena_free(scratch);
    return n ? (double)found / (double)n : 0;
}

/* A pair of columns while the best is sought. */
struct pair {
    const struct profile *survey, *ledger;
    double share, score;
};

static void weigh(const struct draft *d, const struct profile *s, const struct profile *l,
                  struct pair *best, struct pair *next, struct arena *keep)
{
    struct texts all = rules_at(N_LADDER - 1, keep);
    struct pair p = {s, l, pair_share(d, s, l, &all), 0};
    if (p.share <= 0)
        return;
    p.score = p.share * (0.5 + 0.5 * (double)s->n_distinct / (double)s->n) +
              by_name(s->column->name) + by_name(l->column->name);
    if (!best->survey || p.score > best->score) {
        *next = *best;
        *best = p;
    } else if (!next->survey || p.score > next->score) {
        *next = p;
    }
}

static const struct profile *master_key(const struct draft *d, const struct profile *ledger,
                                        struct arena *keep)
{
    const struct draft_file *m = &d->customers;
    const struct profile *best = NULL;
    double most = 0;
    for (size_t j = 0; m->sample && j < m->frame->n_cols; j++) {
        const struct profile *p = &m->profile[j];
        struct known known = {0};
        size_t collisions;
        if (!may_be_id(p, 0.9))
            continue;
        struct ids asking =
            ids_of_column("survey", d->survey.file.frame, d->key.survey->column->name, keep);
        known.master = ids_of_column("master", m->frame, p->column->name, keep);
        known.ledger = (struct ids){.source = "ledger", .map = key_map_new(1, keep)};
        struct texts all = rules_at(N_LADDER - 1, keep);
        struct key_steps steps = steps_of(&all, keep);
        size_t n = key_map_count(asking.map);
        double share = (double)known_count(&known, &asking, &steps, SIZE_MAX,
                                           ARENA_NEW(keep, bool, n), &collisions, keep);
        share += strcmp(p->column->name, ledger->column->name) == 0 ? 0.5 : 0;
        if (share > most) {
            most = share;
            best = p;
        }
    }
    return best;
}

void draft_find_keys(struct draft *d, struct arena *keep)
{
    const struct draft_file *s = &d->survey.file, *l = &d->ledger.file;
    struct pair best = {0}, next = {0};
    for (size_t i = 0; i < s->frame->n_cols; i++)
        for (size_t j = 0; j < l->frame->n_cols; j++)
            if (may_be_id(&s->profile[i], 0.3) && may_be_id(&l->profile[j], 0))
                weigh(d, &s->profile[i], &l->profile[j], &best, &next, keep);
    d->key = (struct draft_key){.survey = best.survey, .ledger = best.ledger};
    if (next.survey && next.share > 0.5 && next.score > best.score - 0.3) {
        d->key.rival_survey = next.survey;
        d->key.rival_ledger = next.ledger;
        d->key.rival_share = next.share;
    }
    if (best.survey)
        d->key.master = master_key(d, best.ledger, keep);
}

/* ---- the rules ---- */

static struct known known_of(const struct draft *d, struct arena *keep)
{
    struct known k = {0};
    k.ledger = ids_of_column("ledger", d->ledger.file.frame, d->key.ledger->column->name, keep);
    if (d->key.master)
        k.master = ids_of_column("master", d->customers.frame, d->key.master->column->name, keep);
    return k;
}

static struct key_try try_rules(const struct known *k, const struct ids *asking, size_t rung,
                                struct arena *keep)
{
    struct arena *scratch = arena_new();
    struct known ledger = {.ledger = k->ledger};
    struct key_try t = {.rules = rules_at(rung, keep)};
    struct key_steps steps = steps_of(&t.rules, scratch);
    bool *found = ARENA_NEW(scratch, bool, key_map_count(asking->map));
    t.in_ledger = known_count(&ledger, asking, &steps, SIZE_MAX, found, &t.collisions, scratch);
    t.found = known_count(k, asking, &steps, SIZE_MAX, found, &t.collisions, scratch);
    arena_free(scratch);
    return t;
}

/* The fewest rules that find most without making two ids one; where none is without
   collisions, the fewest that find most. */
static size_t best_rules(const struct key_try *at, size_t n)
{
    size_t best = 0;
    for (size_t k = 1; k < n; k++) {
        bool clean = at[k].collisions <= at[0].collisions;
        if (clean && at[k].found > at[best].found)
            best = k;
    }
    return best;
}

static size_t count_repeated(const struct draft *d, const struct texts *rules, struct arena *keep)
{
    const struct draft_file *f = &d->survey.file;
    struct key_steps steps = steps_of(rules, keep);
    struct key_buffer buffer = {.arena = keep};
    struct key_map *seen = key_map_new(f->frame->n_rows, keep);
    size_t repeated = 0;
    for (size_t i = 0; i < f->frame->n_rows; i++) {
        const char *text = d->key.survey->column->as.text[i];
        bool added = true;
        if (!text || (f->leave_out && f->leave_out[i]))
            continue;
        struct key_text key = keys_apply(&steps, SIZE_MAX, text, strlen(text), &buffer);
        if (key.length)
            key_map_add(seen, key.text, key.length, &added);
        repeated += !added;
    }
    return repeated;
}

/* The ids of the rows that are not left out. */
static struct ids asking_ids(const struct draft *d, struct arena *keep)
{
    const struct draft_file *f = &d->survey.file;
    struct key_map *map = key_map_new(f->frame->n_rows, keep);
    for (size_t i = 0; i < f->frame->n_rows; i++) {
        const char *text = d->key.survey->column->as.text[i];
        if (text && !(f->leave_out && f->leave_out[i]))
            key_map_add(map, text, strlen(text), NULL);
    }
    return (struct ids){.source = "the survey", .map = map};
}

void draft_try_rules(struct draft *d, struct arena *keep)
{
    struct key_try *at = ARENA_NEW(keep, struct key_try, N_LADDER);
    if (!d->key.survey)
        return;
    struct known known = known_of(d, keep);
    struct ids asking = asking_ids(d, keep);
    d->key.asked = key_map_count(asking.map);
    d->key.n_tries = N_LADDER;
    d->key.at = at;
    for (size_t k = 0; k < N_LADDER; k++)
        at[k] = try_rules(&known, &asking, k, keep);
    d->key.chosen = best_rules(at, N_LADDER);
    d->key.repeated = count_repeated(d, &at[d->key.chosen].rules, keep);
}
