/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/study/mapping.h"

#include <stdlib.h>
#include <string.h>

#define NONE UINT32_MAX

/* A row of the file: this respondent has that account. */
struct pair {
    uint32_t respondent, account, row;
};

/* The mapping while it is read. */
struct reading {
    struct mapping *m;
    struct key_map *respondents, *accounts;
    size_t n;
    struct pair *pair;    /* [n] by respondent, then account */
    uint32_t *start;      /* [respondents + 1] of each respondent's pairs */
    uint32_t *owner;      /* [accounts] the respondent of the account's first row */
    const char **written; /* [respondents] as written, for messages */
    bool *is_blocked;     /* [respondents] one of his accounts is */
    struct arena *keep;
};

static int by_respondent(const void *a, const void *b)
{
    const struct pair *p = a, *q = b;
    if (p->respondent != q->respondent)
        return p->respondent < q->respondent ? -1 : 1;
    if (p->account != q->account)
        return p->account < q->account ? -1 : 1;
    return p->row < q->row ? -1 : p->row > q->row;
}

/* The number of a cell's id after the rules; NONE where it is blank. */
static uint32_t number_of(struct key_map *map, const char *text, const struct key_steps *rules,
                          size_t n_steps, struct key_buffer *buffer)
{
    if (!text)
        return NONE;
    struct key_text key = keys_apply(rules, n_steps, text, strlen(text), buffer);
    return key.length ? key_map_add(map, key.text, key.length, NULL) : NONE;
}

static void read_rows(struct reading *r, const struct key_steps *rules, size_t n_steps,
                      const struct blocked *blocked)
{
    struct mapping *m = r->m;
    struct key_buffer buffer = {.arena = r->keep};
    const char *const *who = frame_column(m->frame, m->respondent_column)->as.text;
    const char *const *what = frame_column(m->frame, m->account_column)->as.text;
    for (size_t i = 0; i < m->frame->n_rows; i++) {
        const bool is_blocked = what[i] && blocked_is(blocked, what[i], strlen(what[i]), &buffer);
        const uint32_t respondent = number_of(r->respondents, who[i], rules, n_steps, &buffer);
        const bool has_account = respondent != NONE && what[i] && !is_blocked;
        const uint32_t account =
            number_of(r->accounts, has_account ? what[i] : NULL, rules, n_steps, &buffer);
        if (respondent != NONE && !r->written[respondent])
            r->written[respondent] = who[i];
        if (respondent != NONE)
            r->is_blocked[respondent] |= is_blocked;
        m->n_blocked += is_blocked;
        m->n_blank += !is_blocked && (respondent == NONE || account == NONE);
        if (respondent == NONE || account == NONE)
            continue;
        if (r->owner[account] == NONE)
            r->owner[account] = respondent;
        r->pair[r->n++] = (struct pair){respondent, account, (uint32_t)i};
    }
}

/* Sorts the pairs, drops those that repeat one, and finds each respondent's. */
static void settle_pairs(struct reading *r)
{
    size_t n = 0, n_respondents = key_map_count(r->respondents);
    qsort(r->pair, r->n, sizeof *r->pair, by_respondent);
    for (size_t i = 0; i < r->n; i++)
        if (n && r->pair[n - 1].respondent == r->pair[i].respondent &&
            r->pair[n - 1].account == r->pair[i].account)
            r->m->n_twice++;
        else
            r->pair[n++] = r->pair[i];
    r->n = n;
    r->start = ARENA_NEW(r->keep, uint32_t, n_respondents + 1);
    for (size_t i = 0; i < n; i++)
        r->start[r->pair[i].respondent + 1]++;
    for (size_t i = 0; i < n_respondents; i++)
        r->start[i + 1] += r->start[i];
}

static bool refuse(const struct reading *r, const struct pair *p, uint32_t other, struct err *err)
{
    const struct frame *f = r->m->frame;
    const struct pair *theirs = &r->pair[r->start[other]];
    return err_at(
        err, ERR_VALUE,
        &(struct problem){
            .file = f->file,
            .line = f->line[p->row],
            .column = r->m->account_column,
            .value = key_map_text(r->accounts, p->account, NULL),
            .what = arena_printf(r->keep,
                                 "is shared by the respondents '%s' and '%s' (line %llu), who do "
                                 "not share all accounts: nobody can tell whose the purchases are",
                                 r->written[p->respondent], r->written[other],
                                 (unsigned long long)f->line[theirs->row]),
            .mend = "give both the same accounts, or each his own"});
}

static bool share_all(const struct reading *r, uint32_t a, uint32_t b)
{
    const struct pair *p = &r->pair[r->start[a]], *q = &r->pair[r->start[b]];
    const uint32_t n = r->start[a + 1] - r->start[a];
    bool same = n == r->start[b + 1] - r->start[b];
    for (uint32_t i = 0; same && i < n; i++)
        same = p[i].account == q[i].account;
    return same;
}

/* Whoever has one of a respondent's accounts has all of them, and no other. */
static bool is_whole(const struct reading *r, uint32_t respondent, struct err *err)
{
    for (uint32_t i = r->start[respondent]; i < r->start[respondent + 1]; i++) {
        const uint32_t other = r->owner[r->pair[i].account];
        if (other != respondent && !share_all(r, respondent, other))
            return refuse(r, &r->pair[i], other, err);
    }
    return true;
}

/* Numbers the customers by their accounts: all of one have the same first account. */
static void number_customers(struct reading *r, uint32_t *of_account)
{
    const size_t n_accounts = key_map_count(r->accounts);
    uint32_t *accounts = ARENA_NEW(r->keep, uint32_t, n_accounts), n = 0;
    const char **customer = ARENA_NEW(r->keep, const char *, n_accounts);
    for (uint32_t a = 0; a < n_accounts; a++) {
        const uint32_t first = r->pair[r->start[r->owner[a]]].account;
        if (first == a)
            customer[n++] = key_map_text(r->accounts, a, NULL);
        of_account[a] = first == a ? n - 1 : of_account[first];
        accounts[of_account[a]]++;
    }
    r->m->n_customers = n;
    r->m->customer = customer;
    r->m->n_accounts = accounts;
}

static void settle_customers(struct reading *r)
{
    const size_t n_respondents = key_map_count(r->respondents);
    uint32_t *of_respondent = ARENA_NEW(r->keep, uint32_t, n_respondents);
    uint32_t *of_account = ARENA_NEW(r->keep, uint32_t, key_map_count(r->accounts));
    number_customers(r, of_account);
    uint32_t *respondents = ARENA_NEW(r->keep, uint32_t, r->m->n_customers);
    for (uint32_t i = 0; i < n_respondents; i++) {
        of_respondent[i] = r->is_blocked[i] ? MAPPING_BLOCKED : MAPPING_NONE;
        if (r->start[i] == r->start[i + 1])
            continue;
        of_respondent[i] = of_account[r->pair[r->start[i]].account];
        respondents[of_respondent[i]]++;
    }
    r->m->of_respondent = of_respondent;
    r->m->of_account = of_account;
    r->m->n_respondents = respondents;
}

bool mapping_make(struct mapping *m, const struct key_steps *rules, size_t n_steps,
                  const struct blocked *blocked, struct arena *keep, struct err *err)
{
    if (!m->frame)
        return true;
    const size_t n = m->frame->n_rows;
    struct reading r = {.m = m,
                        .respondents = key_map_new(n, keep),
                        .accounts = key_map_new(n, keep),
                        .pair = ARENA_NEW(keep, struct pair, n),
                        .owner = ARENA_NEW(keep, uint32_t, n),
                        .written = ARENA_NEW(keep, const char *, n),
                        .is_blocked = ARENA_NEW(keep, bool, n),
                        .keep = keep};
    memset(r.owner, 0xff, n * sizeof *r.owner);
    m->respondents = r.respondents;
    m->accounts = r.accounts;
    m->n_blank = m->n_twice = m->n_blocked = 0;
    read_rows(&r, rules, n_steps, blocked);
    settle_pairs(&r);
    for (uint32_t i = 0; err && i < key_map_count(r.respondents); i++)
        if (r.start[i] < r.start[i + 1] && !is_whole(&r, i, err))
            return false;
    settle_customers(&r);
    return true;
}

uint32_t mapping_respondent(const struct mapping *m, struct key_text key)
{
    const uint32_t at = m && m->frame && key.length
                            ? key_map_find(m->respondents, key.text, key.length)
                            : KEY_MAP_NONE;
    return at == KEY_MAP_NONE ? MAPPING_NONE : m->of_respondent[at];
}

static struct key_text of_customer(const struct mapping *m, uint32_t customer)
{
    const char *text = m->customer[customer];
    return (struct key_text){text, strlen(text)};
}

struct key_text mapping_account(const struct mapping *m, struct key_text key)
{
    const uint32_t at = m && m->frame && key.length
                            ? key_map_find(m->accounts, key.text, key.length)
                            : KEY_MAP_NONE;
    return at == KEY_MAP_NONE ? key : of_customer(m, m->of_account[at]);
}

struct key_text mapping_key(const struct mapping *m, struct key_text key)
{
    const uint32_t customer = mapping_respondent(m, key);
    if (customer == MAPPING_BLOCKED ||
        (customer == MAPPING_NONE && m && m->frame && m->others_unmatched))
        return (struct key_text){"", 0};
    return customer == MAPPING_NONE ? mapping_account(m, key) : of_customer(m, customer);
}
