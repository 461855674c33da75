/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/study/review.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "models/base/trigrams.h"

enum { BLOCK = 64, MOST_TRIGRAMS = UINT8_MAX };

/* ---- names ---- */

/* A name as it is compared: an address in two parts, anything else as a whole. */
struct name {
    struct trigrams main, domain; /* domain.n = 0: no address */
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* More letters than digits, three at least; bytes beyond ASCII are counted as letters. */
static bool is_name(const char *text, size_t length)
{
    size_t letters = 0, digits = 0;
    for (size_t i = 0; i < length; i++) {
        const char c = text[i];
        digits += is_digit(c);
        letters += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
    }
    return letters >= 3 && letters > digits;
}

/* False where the text is no name. */
static bool name_of(const char *text, const struct key_steps *folding, struct key_buffer *buffer,
                    struct name *name, struct arena *keep)
{
    if (!text || !is_name(text, strlen(text)))
        return false;
    struct key_text key = keys_apply(folding, SIZE_MAX, text, strlen(text), buffer);
    const char *at = memchr(key.text, '@', key.length);
    const size_t before = at ? (size_t)(at - key.text) : key.length;
    name->main = trigrams_of(key.text, before, keep);
    name->domain = (struct trigrams){0, NULL};
    if (at)
        name->domain = trigrams_of(at, key.length - before, keep);
    return name->main.n > 0 && name->main.n <= MOST_TRIGRAMS;
}

/* ---- who is looked for ---- */

struct candidate {
    const char *key, *text; /* his id and what was compared, as written */
    const char *where;
    double similarity;
};

struct wanted {
    size_t response;
    const char *text;
    struct name name;
    size_t n;
    struct candidate best[REVIEW_MOST];
};

/* Who of those who are looked for has which trigram: a candidate's lists are counted, and the
   counts are the trigrams that he shares with each. */
struct index {
    size_t n;
    struct wanted *wanted;
    double least; /* similarity */
    struct key_map *trigram;
    uint32_t *start, *list; /* [trigrams + 1]: who has it */
    uint8_t *count;         /* [n, rounded up to BLOCK] lists in which each stands */
    struct arena *keep;
};

/* The least number of shared trigrams of a name of n: whoever shares c with it has c himself, so
   that 2 c / (n + c) is the least similarity or more. */
static size_t least_shared(size_t n, double least)
{
    const double shared = ceil(least * (double)n / (2 - least) - 1e-9);
    return shared > 1 ? (size_t)shared : 1;
}

static uint32_t trigram_number(const struct index *x, uint64_t trigram)
{
    return key_map_find(x->trigram, (const char *)&trigram, sizeof trigram);
}

static void number_trigrams(struct index *x, size_t total)
{
    x->trigram = key_map_new(total, x->keep);
    for (size_t i = 0; i < x->n; i++)
        for (size_t k = 0; k < x->wanted[i].name.main.n; k++) {
            const uint64_t t = x->wanted[i].name.main.at[k];
            key_map_add(x->trigram, (const char *)&t, sizeof t, NULL);
        }
}

static void index_names(struct index *x)
{
    size_t total = 0;
    for (size_t i = 0; i < x->n; i++)
        total += x->wanted[i].name.main.n;
    number_trigrams(x, total);
    const size_t n = key_map_count(x->trigram);
    uint32_t *next = ARENA_NEW(x->keep, uint32_t, n + 2);
    x->list = ARENA_NEW(x->keep, uint32_t, total);
    x->count = ARENA_NEW(x->keep, uint8_t, x->n + BLOCK);
    for (size_t i = 0; i < x->n; i++)
        for (size_t k = 0; k < x->wanted[i].name.main.n; k++)
            next[trigram_number(x, x->wanted[i].name.main.at[k]) + 2]++;
    for (size_t k = 2; k < n + 2; k++)
        next[k] += next[k - 1];
    for (uint32_t i = 0; i < x->n; i++)
        for (size_t k = 0; k < x->wanted[i].name.main.n; k++)
            x->list[next[trigram_number(x, x->wanted[i].name.main.at[k]) + 1]++] = i;
    x->start = next; /* each has moved to where the next one began */
}

/* ---- candidates ---- */

static int compare_candidates(const struct candidate *a, const struct candidate *b)
{
    if (a->similarity != b->similarity)
        return a->similarity > b->similarity ? -1 : 1;
    const int order = strcmp(a->text, b->text);
    return order ? order : strcmp(a->key, b->key);
}

static void keep_best(struct wanted *w, const struct candidate *c)
{
    if (w->n == REVIEW_MOST && compare_candidates(c, &w->best[w->n - 1]) >= 0)
        return;
    if (w->n < REVIEW_MOST)
        w->n++;
    size_t i = w->n - 1;
    for (; i > 0 && compare_candidates(c, &w->best[i - 1]) < 0; i--)
        w->best[i] = w->best[i - 1];
    w->best[i] = *c;
}

/* Everyone known whose names are compared. */
struct offering {
    struct index *index;
    struct key_steps folding;
    struct arena *scratch;
};

/* The similarity of a name that shares so many trigrams. */
static double similarity(const struct name *a, const struct name *b, size_t shared)
{
    const double main = 2.0 * (double)shared / (double)(a->main.n + b->main.n);
    return a->domain.n && b->domain.n ? fmin(main, trigrams_dice(a->domain, b->domain)) : main;
}

/* Looks at all in a block who share enough trigrams, and sets its counts to 0. */
static void compare_block(struct index *x, size_t from, size_t enough, const struct name *name,
                          struct candidate *c)
{
    uint8_t *count = x->count + from, most = 0;
    for (size_t i = 0; i < BLOCK; i++)
        most = count[i] > most ? count[i] : most;
    for (size_t i = 0; most >= enough && i < BLOCK; i++) {
        struct wanted *w = &x->wanted[from + i];
        if (count[i] < enough)
            continue;
        c->similarity = similarity(&w->name, name, count[i]);
        if (c->similarity >= x->least)
            keep_best(w, c);
    }
    memset(count, 0, BLOCK);
}

static void compare_all(struct index *x, const struct name *name, struct candidate c)
{
    const size_t enough = least_shared(name->main.n, x->least);
    for (size_t k = 0; k < name->main.n; k++) {
        const uint32_t number = trigram_number(x, name->main.at[k]);
        if (number == KEY_MAP_NONE)
            continue;
        for (uint32_t i = x->start[number]; i < x->start[number + 1]; i++)
            x->count[x->list[i]]++;
    }
    for (size_t from = 0; from < x->n; from += BLOCK)
        compare_block(x, from, enough, name, &c);
}

static void offer(struct offering *o, const char *key, const char *text, const char *where)
{
    struct name name;
    arena_reset(o->scratch);
    struct key_buffer buffer = {.arena = o->scratch};
    if (!key || !name_of(text, &o->folding, &buffer, &name, o->scratch))
        return;
    compare_all(o->index, &name, (struct candidate){key, text, where, 0});
}

/* The ids of a source, but for those that stand in one before it. */
static void offer_ids(struct offering *o, const struct ids *ids, const struct ids *before,
                      const struct blocked *blocked, const char *where)
{
    struct arena *scratch = arena_new();
    struct key_buffer buffer = {.arena = scratch};
    size_t n = ids->map ? key_map_count(ids->map) : 0, length;
    for (uint32_t id = 0; id < n; id++) {
        const char *text = key_map_text(ids->map, id, &length);
        const bool told =
            before && before->map && key_map_find(before->map, text, length) != KEY_MAP_NONE;
        if (!told && !blocked_is(blocked, text, length, &buffer))
            offer(o, text, text, where);
    }
    arena_free(scratch);
}

/* The names of the master's rows, or all ids. */
static void offer_everybody(struct offering *o, const struct join *j)
{
    const struct study_review *r = &j->study->join.review;
    const struct known *k = &j->known;
    const struct column *name = r->master ? frame_column(j->customers, r->master) : NULL;
    if (!name) {
        offer_ids(o, &k->master, NULL, k->blocked, "similar to an id of the list of customers");
        offer_ids(o, &k->ledger, &k->master, k->blocked, "similar to an id of the ledger");
        offer_ids(o, &k->paired[0], NULL, k->blocked, "similar to a respondent of the mapping");
        return;
    }
    const struct column *id = frame_column(j->customers, j->study->customers.key);
    for (size_t i = 0; i < j->customers->n_rows; i++)
        offer(o, id->as.text[i], name->as.text[i], "similar to a name in the list of customers");
}

/* ---- the table ---- */

/* What a response is looked for by. */
static const char *compared_text(const struct join *j, const struct response *a)
{
    const char *name = j->study->join.review.survey;
    const struct column *c = name ? frame_column(j->surveys[a->survey], name) : NULL;
    return c ? c->as.text[a->row] : a->key;
}

static void want(struct index *x, const struct join *j, const struct key_steps *folding)
{
    struct key_buffer buffer = {.arena = x->keep};
    x->wanted = ARENA_NEW(x->keep, struct wanted, j->responses.n);
    for (size_t i = 0; i < j->responses.n; i++) {
        const bool is_lost = j->fate[i] == FATE_NOT_FOUND || j->fate[i] == FATE_UNMAPPED;
        struct wanted *w = &x->wanted[x->n];
        *w = (struct wanted){.response = i, .text = compared_text(j, &j->responses.at[i])};
        if (is_lost && name_of(w->text, folding, &buffer, &w->name, x->keep))
            x->n++;
    }
}

static void put_candidates(const struct join *j, const struct wanted *w, struct results *t)
{
    const struct response *a = &j->responses.at[w->response];
    const struct frame *f = j->surveys[a->survey];
    for (size_t i = 0; i < w->n; i++) {
        results_row(t, NULL);
        results_text(t, "key", a->key);
        results_text(t, "file", j->study->surveys[a->survey].file);
        results_whole(t, "line", (int64_t)f->line[a->row]);
        results_text(t, "compared", w->text);
        results_text(t, "candidate", w->best[i].key);
        results_text(t, "candidate_compared", w->best[i].text);
        results_real(t, "similarity", w->best[i].similarity);
        results_text(t, "reason", w->best[i].where);
    }
}

void join_table_review(const struct join *j, struct report_builder *report, struct arena *keep)
{
    const char *folds[] = {"nfkc", "case"};
    struct results *t =
        results_new("review", NULL,
                    "key file line compared candidate candidate_compared similarity reason", keep);
    struct index x = {.least = j->study->join.review.similarity, .keep = arena_new()};
    struct offering o = {.index = &x, .scratch = arena_new()};
    struct err ignored = {0};
    keys_compile(&(struct texts){2, folds}, &o.folding, x.keep, &ignored);
    want(&x, j, &o.folding);
    if (x.n) {
        index_names(&x);
        offer_everybody(&o, j);
    }
    for (size_t i = 0; i < x.n; i++)
        put_candidates(j, &x.wanted[i], t);
    arena_free(o.scratch);
    report_add_table(
        report, &(struct table){
                    .id = "review",
                    .sheet = "Review",
                    .title = "Respondents who were not found, and customers with similar names",
                    .note = "For people to look at: nothing of it enters a result. Who is meant "
                            "goes into a mapping file. The similarity is Dice's coefficient of "
                            "trigrams, 0 to 1; at most 3 candidates each; numbers are not "
                            "compared.",
                    .frame = results_finish(t)});
    arena_free(x.keep);
}
