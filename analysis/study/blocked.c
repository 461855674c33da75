/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/study/blocked.h"

#include <string.h>

#include "models/base/key_map.h"

static bool is_of_spelling(const struct key_rule *rule)
{
    static const char *const name[] = {"trim", "case", "nfkc"};
    for (size_t i = 0; i < sizeof name / sizeof *name; i++)
        if (strcmp(rule->name, name[i]) == 0)
            return true;
    return false;
}

static bool is_for_one(const struct key_rule *rule)
{
    return !rule->merges;
}

static struct key_steps those_that(bool (*are)(const struct key_rule *rule),
                                   const struct key_steps *rules, struct arena *keep)
{
    struct key_step *at = ARENA_NEW(keep, struct key_step, rules->n);
    size_t n = 0;
    for (size_t i = 0; i < rules->n; i++)
        if (are(rules->at[i].rule))
            at[n++] = rules->at[i];
    return (struct key_steps){.n = n, .at = at};
}

/* A key after some rules, kept. */
static struct key_text kept(const struct key_steps *steps, const char *text, size_t length,
                            struct arena *keep)
{
    struct key_buffer buffer = {.arena = keep};
    struct key_text key = keys_apply(steps, SIZE_MAX, text, length, &buffer);
    return (struct key_text){arena_strndup(keep, key.text, key.length), key.length};
}

static bool is_part_of_another(const struct key_steps *rules, const char *text, size_t length,
                               struct arena *keep)
{
    struct key_buffer buffer[2] = {{.arena = keep}, {.arena = keep}};
    const struct key_steps own = {.n = rules->n, .at = rules->at};
    return keys_merge(&own, SIZE_MAX) &&
           keys_owner(&own, SIZE_MAX, text, length, buffer).length < length;
}

void blocked_make(const struct texts *listed, const struct texts *more,
                  const struct key_steps *rules, struct blocked *b, struct arena *keep)
{
    const size_t n = listed->n + more->n;
    struct key_map *exact = key_map_new(n, keep), *parts = key_map_new(n, keep);
    struct key_text *plain = ARENA_NEW(keep, struct key_text, n);
    *b = (struct blocked){.n = n,
                          .rules = *rules,
                          .apart = those_that(is_for_one, rules, keep),
                          .spelling = those_that(is_of_spelling, rules, keep),
                          .exact = exact,
                          .parts = parts,
                          .stem = {0, ARENA_NEW(keep, const char *, n)},
                          .plain = plain};
    for (size_t i = 0; i < n; i++) {
        const char *text = i < listed->n ? listed->at[i] : more->at[i - listed->n];
        const size_t length = strlen(text);
        if (length > 1 && text[length - 1] == '*') {
            plain[b->stem.n] = kept(&b->spelling, text, length - 1, keep);
            b->stem.at[b->stem.n++] = arena_strndup(keep, text, length - 1);
        } else {
            const bool is_part = is_part_of_another(rules, text, length, keep);
            struct key_text key = kept(is_part ? &b->apart : rules, text, length, keep);
            if (key.length)
                key_map_add(is_part ? parts : exact, key.text, key.length, NULL);
        }
    }
}

static bool holds(const struct key_map *map, struct key_text key)
{
    return key.length && key_map_find(map, key.text, key.length) != KEY_MAP_NONE;
}

static bool begins(struct key_text key, const char *stem, size_t length)
{
    return length > 0 && key.length >= length && memcmp(key.text, stem, length) == 0;
}

static bool begins_blocked(const struct blocked *b, struct key_text key)
{
    for (size_t i = 0; i < b->stem.n; i++)
        if (begins(key, b->plain[i].text, b->plain[i].length))
            return true;
    return false;
}

bool blocked_is(const struct blocked *b, const char *text, size_t length, struct key_buffer *buffer)
{
    if (!b || b->n == 0)
        return false;
    if (key_map_count(b->parts) &&
        holds(b->parts, keys_apply(&b->apart, SIZE_MAX, text, length, buffer)))
        return true;
    struct key_text key = keys_apply(&b->rules, SIZE_MAX, text, length, buffer);
    if (holds(b->exact, key))
        return true;
    for (size_t i = 0; i < b->stem.n; i++)
        if (begins((struct key_text){text, length}, b->stem.at[i], strlen(b->stem.at[i])))
            return true;
    return b->stem.n > 0 &&
           (begins_blocked(b, key) ||
            begins_blocked(b, keys_apply(&b->spelling, SIZE_MAX, text, length, buffer)));
}

struct key_text blocked_owner(const struct blocked *b, const struct key_steps *rules, size_t k,
                              const char *text, size_t length, struct key_buffer buffer[2])
{
    const struct key_text whole = {text, length};
    const struct key_text owner = keys_owner(rules, k, text, length, buffer);
    if (rules->all_merge)
        return blocked_is(b, text, length, &buffer[0]) ? whole : owner;
    const bool is_same =
        owner.length == length || blocked_is(b, text, length, &buffer[0]) ==
                                      blocked_is(b, owner.text, owner.length, &buffer[0]);
    return is_same ? owner : whole;
}
