/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/study/review.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "models/base/trigram_index.h"
#include "models/base/workers.h"

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
    return name->main.n > 0 && name->main.n <= TRIGRAMS_MOST;
}

/* ---- who is looked for ---- */

struct candidate {
    const char *key, *text; /* his id and what was compared, as written */
    const char *where;
    double similarity;
};

/* The most similar candidates of somebody, in their order. */
struct best {
    size_t n;
    struct candidate at[REVIEW_MOST];
};

struct wanted {
    size_t n;
    size_t *response;  /* [n] */
    const char **text; /* [n] what he is looked for by */
    struct name *name; /* [n] */
    struct best *best; /* [n] */
};

/* ---- candidates ---- */

static int compare_candidates(const struct candidate *a, const struct candidate *b)
{
    if (a->similarity != b->similarity)
        return a->similarity > b->similarity ? -1 : 1;
    const int order = strcmp(a->text, b->text);
    return order ? order : strcmp(a->key, b->key);
}

/* Of equals the one that comes first stays. */
static void keep_best(struct best *b, const struct candidate *c)
{
    if (b->n == REVIEW_MOST && compare_candidates(c, &b->at[b->n - 1]) >= 0)
        return;
    if (b->n < REVIEW_MOST)
        b->n++;
    size_t i = b->n - 1;
    for (; i > 0 && compare_candidates(c, &b->at[i - 1]) < 0; i--)
        b->at[i] = b->at[i - 1];
    b->at[i] = *c;
}

/* Everyone known whose names are compared, in their order. */
struct offered {
    size_t n, room;
    struct candidate *at;
    struct arena *keep;
};

static void offer(struct offered *o, const char *key, const char *text, const char *where)
{
    if (!key || !text)
        return;
    if (o->n == o->room) {
        o->room = 2 * o->room + 1024;
        struct candidate *more = ARENA_NEW(o->keep, struct candidate, o->room);
        if (o->n)
            memcpy(more, o->at, o->n * sizeof *more);
        o->at = more;
    }
    o->at[o->n++] = (struct candidate){key, text, where, 0};
}

/* The ids of a source, but for those that stand in one before it. */
static void offer_ids(struct offered *o, const struct ids *ids, const struct ids *before,
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
static void offer_everybody(struct offered *o, const struct join *j)
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

/* ---- the search ---- */

/* Candidates in shares, one after the other, each with lists of its own. */
struct looking {
    const struct wanted *wanted;
    const struct offered *offered;
    const struct trigram_index *index;
    const struct key_steps *folding;
    double least; /* similarity */
    size_t n_shares;
    struct best *best; /* [n_shares][wanted->n] */
};

/* The similarity of a name that shares so many trigrams. */
static double similarity(const struct name *a, const struct name *b, size_t shared)
{
    const double main = 2.0 * (double)shared / (double)(a->main.n + b->main.n);
    return a->domain.n && b->domain.n ? fmin(main, trigrams_dice(a->domain, b->domain)) : main;
}

static void compare_all(const struct looking *l, struct trigram_search *search,
                        const struct name *name, struct candidate c, struct best *best)
{
    const struct trigram_match *found;
    const size_t n = trigram_search(search, name->main, &found);
    for (size_t i = 0; i < n; i++) {
        c.similarity = similarity(&l->wanted->name[found[i].which], name, found[i].shared);
        if (c.similarity >= l->least)
            keep_best(&best[found[i].which], &c);
    }
}

static void look_at_share(size_t share, void *context)
{
    const struct looking *l = context;
    const size_t n = l->offered->n, from = n * share / l->n_shares,
                 to = n * (share + 1) / l->n_shares;
    struct arena *keep = arena_new(), *scratch = arena_new();
    struct trigram_search *search = trigram_search_new(l->index, keep);
    for (size_t i = from; i < to; i++) {
        struct name name;
        struct key_buffer buffer = {.arena = scratch};
        const struct candidate c = l->offered->at[i];
        if (name_of(c.text, l->folding, &buffer, &name, scratch))
            compare_all(l, search, &name, c, l->best + share * l->wanted->n);
        arena_reset(scratch);
    }
    arena_free(scratch);
    arena_free(keep);
}

/* The best of all shares are the best of all: of equals the first, whoever looked. */
static void look_for(const struct join *j, const struct wanted *w, const struct key_steps *folding,
                     struct arena *scratch)
{
    struct offered offered = {.keep = scratch};
    struct trigrams *set = ARENA_NEW(scratch, struct trigrams, w->n);
    for (size_t i = 0; i < w->n; i++)
        set[i] = w->name[i].main;
    offer_everybody(&offered, j);
    struct looking l = {.wanted = w,
                        .offered = &offered,
                        .folding = folding,
                        .least = j->study->join.review.similarity,
                        .n_shares = j->n_threads ? j->n_threads : workers_available()};
    l.index = trigram_index_new(set, w->n, l.least, scratch);
    l.best = ARENA_NEW(scratch, struct best, l.n_shares * w->n);
    workers_run(l.n_shares, j->n_threads, look_at_share, &l);
    for (size_t share = 0; share < l.n_shares; share++)
        for (size_t i = 0; i < w->n; i++)
            for (size_t k = 0; k < l.best[share * w->n + i].n; k++)
                keep_best(&w->best[i], &l.best[share * w->n + i].at[k]);
}

/* ---- the table ---- */

/* What a response is looked for by. */
static const char *compared_text(const struct join *j, const struct response *a)
{
    const char *name = j->study->join.review.survey;
    const struct column *c = name ? frame_column(j->surveys[a->survey], name) : NULL;
    return c ? c->as.text[a->row] : a->key;
}

static struct wanted want(const struct join *j, const struct key_steps *folding, struct arena *keep)
{
    const size_t n = j->responses.n;
    struct key_buffer buffer = {.arena = keep};
    struct wanted w = {0, ARENA_NEW(keep, size_t, n), ARENA_NEW(keep, const char *, n),
                       ARENA_NEW(keep, struct name, n), ARENA_NEW(keep, struct best, n)};
    for (size_t i = 0; i < n; i++) {
        const bool is_lost = j->fate[i] == FATE_NOT_FOUND || j->fate[i] == FATE_UNMAPPED;
        const char *text = compared_text(j, &j->responses.at[i]);
        if (!is_lost || !name_of(text, folding, &buffer, &w.name[w.n], keep))
            continue;
        w.response[w.n] = i;
        w.text[w.n++] = text;
    }
    return w;
}

static void put_candidates(const struct join *j, const struct wanted *w, size_t who,
                           struct results *t)
{
    const struct response *a = &j->responses.at[w->response[who]];
    const struct best *best = &w->best[who];
    const struct frame *f = j->surveys[a->survey];
    for (size_t i = 0; i < best->n; i++) {
        results_row(t, NULL);
        results_text(t, "key", a->key);
        results_text(t, "file", j->study->surveys[a->survey].file);
        results_whole(t, "line", (int64_t)f->line[a->row]);
        results_text(t, "compared", w->text[who]);
        results_text(t, "candidate", best->at[i].key);
        results_text(t, "candidate_compared", best->at[i].text);
        results_real(t, "similarity", best->at[i].similarity);
        results_text(t, "reason", best->at[i].where);
    }
}

void join_table_review(const struct join *j, struct report_builder *report, struct arena *keep)
{
    const char *folds[] = {"nfkc", "case"};
    struct results *t =
        results_new("review", NULL,
                    "key file line compared candidate candidate_compared similarity reason", keep);
    struct arena *scratch = arena_new();
    struct key_steps folding;
    struct err ignored = {0};
    keys_compile(&(struct texts){2, folds}, &folding, scratch, &ignored);
    const struct wanted w = want(j, &folding, scratch);
    if (w.n)
        look_for(j, &w, &folding, scratch);
    for (size_t i = 0; i < w.n; i++)
        put_candidates(j, &w, i, t);
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
    arena_free(scratch);
}
