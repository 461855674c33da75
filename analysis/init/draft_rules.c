/* SPDX-License-Identifier: GPL-3.0-or-later
   Which rules make the spellings of one id equal: the what-if of a draft. */
#include <string.h>

#include "analysis/init/draft.h"
#include "analysis/study/known.h"
#include "io/key/keys.h"

enum { MOST_RULES = 10, MOST_TRIES = 64, MOST_PREFIX = 12 };

/* ---- the ids of both sides ---- */

/* The survey's ids of the rows that are not left out. */
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

/* The ledger's and the master's, with those that stand below the rows of the sample. */
static struct known known_of(const struct draft *d, struct arena *keep)
{
    struct known k = {0};
    size_t length;
    struct key_map *map = key_map_new(d->key.ledger->n_distinct, keep);
    for (size_t i = 0; i < d->key.ledger->n_distinct; i++) {
        const char *text = d->key.ledger->value[i].text;
        key_map_add(map, text, strlen(text), NULL);
    }
    for (uint32_t i = 0; d->ledger.rest.ids && i < key_map_count(d->ledger.rest.ids); i++) {
        const char *text = key_map_text(d->ledger.rest.ids, i, &length);
        key_map_add(map, text, length, NULL);
    }
    k.ledger = (struct ids){.source = "ledger", .map = map};
    if (d->key.master)
        k.master = ids_of_column("master", d->customers.frame, d->key.master->column->name, keep);
    return k;
}

/* ---- rules that could matter ---- */

/* Letters and marks in front of the digits, the same in eight of ten ids; "" where there are none.
 */
static const char *common_prefix(const struct key_map *ids, struct arena *keep)
{
    static const char digits[] = "0123456789";
    size_t n = key_map_count(ids), length;
    for (uint32_t first = 0; first < n && first < 3; first++) {
        const char *text = key_map_text(ids, first, &length);
        size_t front = strcspn(text, digits), alike = 0;
        if (!front || front > MOST_PREFIX || front == length || strchr(text, '@'))
            continue;
        for (uint32_t k = 0; k < n; k++) {
            const char *other = key_map_text(ids, k, &length);
            alike += strncmp(other, text, front) == 0 && other[front] &&
                     strchr(digits, other[front]) != NULL;
        }
        if (10 * alike >= 8 * n)
            return arena_strndup(keep, text, front);
    }
    return "";
}

static size_t ids_holding(const struct key_map *ids, const char *part)
{
    size_t n = 0;
    for (uint32_t k = 0; k < key_map_count(ids); k++)
        n += strstr(key_map_text(ids, k, NULL), part) != NULL;
    return n;
}

/* Does the rule change one of the ids? */
static bool changes(const struct key_step *step, const struct key_map *ids, struct arena *scratch)
{
    struct key_buffer buffer = {.arena = scratch};
    const struct key_steps steps = {.n = 1, .at = step};
    size_t length;
    for (uint32_t k = 0; k < key_map_count(ids); k++) {
        const char *text = key_map_text(ids, k, &length);
        struct key_text key = keys_apply(&steps, 1, text, length, &buffer);
        if (key.length != length || memcmp(key.text, text, length) != 0)
            return true;
    }
    return false;
}

/* Adds a rule that changes an id of one of the sources. */
static void add_rule(struct texts *rules, const char *rule, const struct ids *asking,
                     const struct known *k, struct arena *keep)
{
    struct err none = {0};
    struct key_steps steps;
    if (!keys_compile(&(struct texts){1, &rule}, &steps, keep, &none))
        return;
    struct arena *scratch = arena_new();
    if (changes(steps.at, asking->map, scratch) || changes(steps.at, k->ledger.map, scratch) ||
        (k->master.map && changes(steps.at, k->master.map, scratch)))
        rules->at[rules->n++] = rule;
    arena_free(scratch);
}

static void add_prefix(struct texts *rules, const struct ids *asking, const struct known *k,
                       struct arena *keep)
{
    const char *own = common_prefix(asking->map, keep), *other = common_prefix(k->ledger.map, keep);
    if (strcmp(own, other) == 0)
        return;
    if (*own)
        rules->at[rules->n++] = arena_printf(keep, "strip_prefix:%s", own);
    if (*other)
        rules->at[rules->n++] = arena_printf(keep, "strip_prefix:%s", other);
}

/* In the order in which they would be applied. */
static struct texts rules_that_matter(const struct ids *asking, const struct known *k,
                                      struct arena *keep)
{
    struct texts rules = {0, ARENA_NEW(keep, const char *, MOST_RULES)};
    const bool mail = 2 * ids_holding(asking->map, "@") > key_map_count(asking->map);
    add_rule(&rules, "trim", asking, k, keep);
    add_rule(&rules, "nfkc", asking, k, keep);
    if (!mail)
        add_prefix(&rules, asking, k, keep);
    if (10 * ids_holding(asking->map, ".0") > key_map_count(asking->map) ||
        10 * ids_holding(k->ledger.map, ".0") > key_map_count(k->ledger.map))
        add_rule(&rules, "strip_suffix:.0", asking, k, keep);
    if (!mail && 20 * ids_holding(k->ledger.map, ":") > key_map_count(k->ledger.map))
        add_rule(&rules, "parent::", asking, k, keep);
    add_rule(&rules, mail ? "email" : "case", asking, k, keep);
    if (!mail)
        add_rule(&rules, "strip_zeros", asking, k, keep);
    return rules;
}

/* ---- trying ---- */

struct trial {
    const struct ids *asking;
    const struct known *known;
    struct key_try *at;
    size_t n;
    struct arena *keep;
};

/* How many ids of the map become each key; with `by_owner`, how many owners (keys_owner) do. */
static struct key_map *holders(const struct key_map *ids, const struct key_steps *steps,
                               bool by_owner, uint32_t **count, struct arena *scratch)
{
    struct key_map *joined = key_map_new(key_map_count(ids), scratch);
    struct key_map *owners = key_map_new(key_map_count(ids), scratch);
    struct key_buffer buffer[2] = {{.arena = scratch}, {.arena = scratch}};
    size_t length;
    *count = ARENA_NEW(scratch, uint32_t, key_map_count(ids));
    for (uint32_t k = 0; k < key_map_count(ids); k++) {
        bool added = true;
        const char *text = key_map_text(ids, k, &length);
        if (by_owner) {
            const struct key_text o = keys_owner(steps, SIZE_MAX, text, length, buffer);
            key_map_add(owners, o.text, o.length, &added);
        }
        struct key_text key = keys_apply(steps, SIZE_MAX, text, length, &buffer[0]);
        if (key.length && added)
            (*count)[key_map_add(joined, key.text, key.length, NULL)]++;
    }
    return joined;
}

static void count_spellings(const struct trial *t, const struct key_steps *steps,
                            struct key_try *try, struct arena *scratch)
{
    uint32_t *asked, *ids, *owners;
    size_t length;
    const struct key_map *asking = holders(t->asking->map, steps, false, &asked, scratch);
    const struct key_map *ledger = holders(t->known->ledger.map, steps, false, &ids, scratch);
    holders(t->known->ledger.map, steps, true, &owners, scratch);
    for (uint32_t k = 0; k < key_map_count(asking); k++) {
        const char *text = key_map_text(asking, k, &length);
        const uint32_t at = key_map_find(ledger, text, length);
        try->collisions += asked[k] - 1;
        try->split += at != KEY_MAP_NONE && owners[at] > 1;
        try->parts += at != KEY_MAP_NONE && ids[at] > owners[at];
    }
}

static void try_rules(struct trial *t, const char *const rules[], size_t n)
{
    if (t->n == MOST_TRIES)
        return;
    struct arena *scratch = arena_new();
    struct known ledger = {.ledger = t->known->ledger};
    struct key_try *try = &t->at[t->n++];
    struct key_steps steps;
    struct err none = {0};
    *try = (struct key_try){.rules = {n, ARENA_NEW(t->keep, const char *, n)}};
    for (size_t k = 0; k < n; k++)
        try->rules.at[k] = rules[k];
    if (keys_compile(&try->rules, &steps, scratch, &none)) {
        bool *found = ARENA_NEW(scratch, bool, key_map_count(t->asking->map));
        const struct known_counts all =
            known_count(t->known, t->asking, &steps, SIZE_MAX, found, scratch);
        try->in_ledger = known_count(&ledger, t->asking, &steps, SIZE_MAX, found, scratch).found;
        try->found = all.found;
        try->collisions = all.collisions;
        count_spellings(t, &steps, try, scratch);
    } else {
        t->n--;
    }
    arena_free(scratch);
}

/* None, each one, each pair, all. */
static void try_all(struct trial *t, const struct texts *rules)
{
    try_rules(t, NULL, 0);
    for (size_t i = 0; i < rules->n; i++)
        try_rules(t, &rules->at[i], 1);
    for (size_t i = 0; i < rules->n; i++)
        for (size_t j = i + 1; j < rules->n && rules->n > 2; j++)
            try_rules(t, (const char *const[]){rules->at[i], rules->at[j]}, 2);
    if (rules->n > 1)
        try_rules(t, rules->at, rules->n);
}

/* Rules that make only spellings of one id equal, and never two customers. */
static bool is_spelling(const char *rule)
{
    return strcmp(rule, "trim") == 0 || strcmp(rule, "nfkc") == 0 || strcmp(rule, "email") == 0;
}

static bool same_rules(const struct texts *a, const struct texts *b)
{
    bool same = a->n == b->n;
    for (size_t k = 0; same && k < a->n; k++)
        same = strcmp(a->at[k], b->at[k]) == 0;
    return same;
}

/* The try of those rules of a try that are of spelling alone. */
static const struct key_try *spelling_of(const struct trial *t, const struct key_try *try)
{
    const char *rule[MOST_RULES];
    struct texts rules = {0, rule};
    for (size_t k = 0; k < try->rules.n && k < MOST_RULES; k++)
        if (is_spelling(try->rules.at[k]))
            rule[rules.n++] = try->rules.at[k];
    for (size_t i = 0; i < t->n; i++)
        if (same_rules(&t->at[i].rules, &rules))
            return &t->at[i];
    return &t->at[0];
}

/* What a person would gain: ids found, and ids of which all spellings and all parts are; less those
   that the rules mix up. */
static double gain(const struct trial *t, const struct key_try *try)
{
    enum { PER_COLLISION = 5 };
    const struct key_try *spelling = spelling_of(t, try);
    return (double)(try->found + try->parts + spelling->split) -
           PER_COLLISION * ((double)try->collisions - (double)spelling->collisions);
}

/* The fewest rules that gain most. */
static size_t best_of(const struct trial *t)
{
    size_t best = 0;
    for (size_t k = 1; k < t->n; k++)
        if (gain(t, &t->at[k]) > gain(t, &t->at[best]))
            best = k;
    return best;
}

/* Rules that are not worth their collisions, though a tenth of the customers stands in the ledger
   in two spellings: as written, only a part of their purchases would count.  The run is to stop. */
static size_t stopping(const struct trial *t, size_t best)
{
    enum { LEAST = 10 };
    for (size_t k = 0; k < t->n; k++) {
        const struct key_try *try = &t->at[k];
        bool usual = true;
        for (size_t i = 0; i < try->rules.n; i++)
            usual =
                usual && (is_spelling(try->rules.at[i]) || strcmp(try->rules.at[i], "case") == 0 ||
                          strcmp(try->rules.at[i], "strip_zeros") == 0);
        if (usual && try->found >= t->at[best].found &&
            LEAST * (try->split - t->at[best].split) >= try->found &&
            try->split > t->at[best].split)
            return k;
    }
    return best;
}

/* A rule that throws much away is only tried where the others find little. */
static void try_digits(struct trial *t, size_t best)
{
    static const char *const rules[] = {"digits_only", "strip_zeros"};
    size_t asked = key_map_count(t->asking->map);
    if (2 * t->at[best].found >= asked)
        return;
    try_rules(t, rules, 1);
    try_rules(t, rules, 2);
}

/* Rows whose id stands on an earlier one. */
static size_t count_repeated(const struct draft *d, const struct texts *rules, struct arena *keep)
{
    const struct draft_file *f = &d->survey.file;
    struct key_buffer buffer = {.arena = keep};
    struct key_map *seen = key_map_new(f->frame->n_rows, keep);
    struct key_steps steps;
    struct err none = {0};
    size_t repeated = 0;
    keys_compile(rules, &steps, keep, &none);
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

/* What the rules that were taken find of one wave. */
static void try_wave(const struct draft *d, const struct known *known, struct draft_wave *w,
                     struct arena *keep)
{
    const struct texts *rules = &d->key.at[d->key.chosen].rules;
    struct draft own = *d;
    own.survey = w->survey;
    own.key.survey = w->key;
    struct ids asking = asking_ids(&own, keep);
    struct trial t = {.asking = &asking,
                      .known = known,
                      .at = ARENA_NEW(keep, struct key_try, MOST_TRIES),
                      .keep = keep};
    try_rules(&t, rules->at, rules->n);
    w->asked = key_map_count(asking.map);
    w->found = t.n ? t.at[0].found : 0;
    w->repeated = count_repeated(&own, rules, keep);
}

void draft_try_rules(struct draft *d, struct arena *keep)
{
    if (!d->key.survey || !d->key.ledger)
        return;
    struct known known = known_of(d, keep);
    struct ids asking = asking_ids(d, keep);
    struct trial t = {.asking = &asking,
                      .known = &known,
                      .at = ARENA_NEW(keep, struct key_try, MOST_TRIES),
                      .keep = keep};
    struct texts rules = rules_that_matter(&asking, &known, keep);
    try_all(&t, &rules);
    try_digits(&t, best_of(&t));
    d->key.asked = key_map_count(asking.map);
    d->key.at = t.at;
    d->key.n_tries = t.n;
    const size_t best = best_of(&t);
    d->key.chosen = stopping(&t, best);
    d->key.stops = d->key.chosen != best;
    for (size_t k = 0; k < t.n; k++)
        t.at[k].spelling = t.at[k].collisions == spelling_of(&t, &t.at[k])->collisions;
    d->key.repeated = count_repeated(d, &t.at[d->key.chosen].rules, keep);
    for (size_t k = 0; k < d->n_waves; k++)
        try_wave(d, &known, &d->wave[k], keep);
}
