/* SPDX-License-Identifier: GPL-3.0-or-later
   Which columns hold the customer's id: by how many ids of one file stand in the other. */
#include <stdlib.h>
#include <string.h>

#include "analysis/init/draft.h"
#include "io/key/keys.h"
#include "models/base/key_map.h"

/* Spellings that are one and the same while the columns are sought; which rules are really
   needed is the matter of draft_try_rules().  In turn, until ids are found. */
static const struct {
    const char *rule[3];
    const char *ends_at; /* of the ledger's cell the id is what stands before it; NULL: all */
} spellings[] = {{{"trim", "case", "strip_zeros"}, NULL},
                 {{"trim", "case", "strip_zeros"}, " - "},
                 {{"trim", "case", "strip_zeros"}, " "},
                 {{"digits_only", "strip_zeros"}, NULL}};
enum {
    N_SPELLINGS = sizeof spellings / sizeof *spellings,
    MOST_PAIRS = 6,
    LEAST_PERCENT = 5,
    LEAST_DIGITS = 3
};

struct key_steps draft_spellings(struct arena *keep)
{
    static const char *rule[] = {"trim", "case", "strip_zeros"};
    struct key_steps steps;
    struct err none = {0};
    keys_compile(&(struct texts){3, rule}, &steps, keep, &none);
    return steps;
}

/* ---- which columns may be ids ---- */

static const char customer_words[] =
    "cust client kund debitor extern member account mitglied panel";

/* Small numbers, some of them twice: answers, or how many of something. */
static bool is_answer(const struct profile *p)
{
    for (size_t k = 0; k < p->n_distinct; k++) {
        const char *text = p->value[k].text;
        size_t digits = strspn(text, "0123456789");
        if (text[digits] || digits > 2 || (digits == 2 && strcmp(text, "10") != 0))
            return false;
    }
    return p->n_distinct < p->n;
}

/* Ids differ from row to row of a survey, and are neither days nor broken numbers; a number of the
   row is one only where it is called so. */
static bool may_be_id(const struct profile *p, double least_distinct)
{
    bool counted = p->row_number && !name_holds(p->column->name, customer_words);
    return p->n >= 2 && p->n_distinct >= 2 && !profile_is_date(p) && !counted && !is_answer(p) &&
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
    if (name_holds(name, customer_words))
        return 0.15;
    if (is_question(name) ||
        name_holds(name, "document invoice beleg rechnung amount betrag quantity menge date datum"))
        return -0.3;
    return name_holds(name, "responseid respondent record interview submission ipaddress") ? -0.05
                                                                                           : 0;
}

/* ---- what two columns share ---- */

/* A column's distinct ids, spelled alike. */
struct id_column {
    const struct profile *profile;
    struct key_map *ids;
};

struct id_columns {
    size_t n;
    struct id_column *at;
};

static bool holds_digit(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (text[i] >= '0' && text[i] <= '9')
            return true;
    return false;
}

/* Of a cell that goes on behind its id, the id must hold a digit: first names are none. */
static struct key_map *spelled(const struct profile *p, const struct key_steps *steps,
                               const char *ends_at, struct arena *scratch)
{
    const size_t least = strcmp(steps->at[0].text, "digits_only") == 0 ? LEAST_DIGITS : 1;
    struct key_map *map = key_map_new(p->n_distinct, scratch);
    struct key_buffer buffer = {.arena = scratch};
    for (size_t k = 0; k < p->n_distinct; k++) {
        const char *text = p->value[k].text;
        const char *end = ends_at ? strstr(text, ends_at) : NULL;
        const size_t length = end ? (size_t)(end - text) : strlen(text);
        if (ends_at && !holds_digit(text, length))
            continue;
        struct key_text key = keys_apply(steps, SIZE_MAX, text, length, &buffer);
        if (key.length >= least)
            key_map_add(map, key.text, key.length, NULL);
    }
    return map;
}

static struct id_columns id_columns(const struct draft_file *f, double least_distinct,
                                    const struct key_steps *steps, const char *ends_at,
                                    struct arena *scratch)
{
    const size_t most = f->sample ? f->frame->n_cols : 0;
    struct id_columns c = {0, ARENA_NEW(scratch, struct id_column, most)};
    for (size_t j = 0; j < most; j++)
        if (may_be_id(&f->profile[j], least_distinct))
            c.at[c.n++] = (struct id_column){&f->profile[j],
                                             spelled(&f->profile[j], steps, ends_at, scratch)};
    return c;
}

static size_t shared(const struct key_map *a, const struct key_map *b)
{
    size_t n = 0, length;
    for (uint32_t k = 0; k < key_map_count(a); k++) {
        const char *text = key_map_text(a, k, &length);
        n += key_map_find(b, text, length) != KEY_MAP_NONE;
    }
    return n;
}

/* ---- the pair ---- */

static int by_score(const void *a, const void *b)
{
    const struct key_pair *p = a, *q = b;
    return p->score != q->score ? (p->score > q->score ? -1 : 1) : (p->order < q->order ? -1 : 1);
}

static struct key_pair pair_of(const struct id_column *s, const struct id_column *l, size_t order)
{
    struct key_pair p = {.survey = s->profile,
                         .ledger = l->profile,
                         .asked = key_map_count(s->ids),
                         .found = shared(s->ids, l->ids),
                         .order = order};
    p.score = (double)p.found / (double)(p.asked ? p.asked : 1) *
                  (0.5 + 0.5 * (double)s->profile->n_distinct / (double)s->profile->n) +
              by_name(s->profile->column->name) + by_name(l->profile->column->name);
    return p;
}

/* All pairs of which something is found, the best first. */
static void weigh_pairs(struct draft *d, const struct key_steps *steps, const char *ends_at,
                        struct arena *keep)
{
    struct arena *scratch = arena_new();
    struct id_columns s = id_columns(&d->survey.file, 0.3, steps, NULL, scratch);
    struct id_columns l = id_columns(&d->ledger.file, 0, steps, ends_at, scratch);
    struct key_pair *pair = ARENA_NEW(keep, struct key_pair, s.n * l.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        for (size_t j = 0; j < l.n; j++) {
            struct key_pair p = pair_of(&s.at[i], &l.at[j], i * l.n + j);
            if (p.found)
                pair[n++] = p;
        }
    qsort(pair, n, sizeof *pair, by_score);
    d->key.n_pairs = n < MOST_PAIRS ? n : MOST_PAIRS;
    d->key.pair = pair;
    arena_free(scratch);
}

static bool enough(const struct draft_key *k)
{
    return k->n_pairs && 100 * k->pair[0].found > LEAST_PERCENT * k->pair[0].asked;
}

/* ---- where nothing is found ---- */

/* The column of a file that looks most like ids of customers; NULL: none does. */
static const struct profile *likely(const struct draft_file *f, double least_distinct)
{
    const struct profile *best = NULL;
    double most = -1;
    for (size_t j = 0; j < f->frame->n_cols; j++) {
        const struct profile *p = &f->profile[j];
        double score = 0.2 * (double)p->n_distinct / (double)(p->n ? p->n : 1) +
                       by_name(p->column->name) +
                       0.1 * name_holds(p->column->name, "mail key ident number nummer _id name");
        if (!may_be_id(p, least_distinct) || score <= most)
            continue;
        most = score;
        best = p;
    }
    return best;
}

/* ---- the master ---- */

static const struct profile *master_key(const struct draft *d, const struct key_steps *steps)
{
    struct arena *scratch = arena_new();
    const struct profile *best = NULL;
    struct id_columns m = id_columns(&d->customers, 0.9, steps, NULL, scratch);
    const struct key_map *asking = spelled(d->key.survey, steps, NULL, scratch);
    double most = 0;
    for (size_t j = 0; j < m.n; j++) {
        const struct profile *p = m.at[j].profile;
        double score = (double)shared(asking, m.at[j].ids);
        score += strcmp(p->column->name, d->key.ledger->column->name) == 0 ? 0.5 : 0;
        if (score > most) {
            most = score;
            best = p;
        }
    }
    arena_free(scratch);
    return best;
}

/* ---- the whole ---- */

/* Where the second pair shares half as many ids as the first, a person may know better. */
static void ask_pair(struct draft *d, struct arena *keep)
{
    struct key_pair *pair = d->key.pair;
    const char *choice[MOST_PAIRS];
    size_t n = 0;
    while (n < d->key.n_pairs && 2 * pair[n].found >= pair[0].found) {
        choice[n] =
            arena_printf(keep, "%s = %s: %zu of %zu ids are found", pair[n].survey->column->name,
                         pair[n].ledger->column->name, pair[n].found, pair[n].asked);
        n++;
    }
    if (n < 2)
        return;
    size_t taken =
        draft_ask(d, "Which columns of survey and ledger hold the customer's id?", n, choice, 0);
    struct key_pair first = pair[taken];
    memmove(pair + 1, pair, taken * sizeof *pair);
    pair[0] = first;
}

static void find_under(struct draft *d, size_t spelling, struct arena *keep)
{
    struct texts rules = {0, ARENA_NEW(keep, const char *, 3)};
    struct key_steps steps;
    struct err none = {0};
    const char *ends_at = spellings[spelling].ends_at;
    while (rules.n < 3 && spellings[spelling].rule[rules.n]) {
        rules.at[rules.n] = spellings[spelling].rule[rules.n];
        rules.n++;
    }
    if (!keys_compile(&rules, &steps, keep, &none))
        return;
    weigh_pairs(d, &steps, ends_at, keep);
    if (!enough(&d->key))
        return;
    ask_pair(d, keep);
    d->key.survey = d->key.pair[0].survey;
    d->key.ledger = d->key.pair[0].ledger;
    d->key.master = master_key(d, &steps);
    if (ends_at)
        draft_cut_ids(d, ends_at, keep);
}

void draft_find_keys(struct draft *d, struct arena *keep)
{
    struct draft_key *k = &d->key;
    *k = (struct draft_key){0};
    for (size_t i = 0; i < N_SPELLINGS && !k->survey; i++)
        find_under(d, i, keep);
    if (k->survey)
        return;
    k->guessed = true;
    k->survey = likely(&d->survey.file, 0.3);
    k->ledger = likely(&d->ledger.file, 0);
    if (d->customers.sample)
        k->master = likely(&d->customers, 0.9);
}
