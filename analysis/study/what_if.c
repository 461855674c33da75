/* SPDX-License-Identifier: GPL-3.0-or-later
   The part of the match report of join.h that says what each key rule adds, and what untried
   ones would. */
#include <string.h>

#include "analysis/study/join.h"

struct known_counts *join_found_by_rules(const struct join *j, struct arena *keep)
{
    struct known_counts *found = ARENA_NEW(keep, struct known_counts, j->identity.rules.n + 1);
    bool *who = ARENA_NEW(keep, bool, key_map_count(j->known.survey.map));
    for (size_t k = 0; k <= j->identity.rules.n; k++) {
        struct arena *scratch = arena_new();
        found[k] = known_count(&j->known, &j->known.survey, &j->identity.rules, k, who, scratch);
        arena_free(scratch);
    }
    return found;
}

/* A row of the table, before it is known which columns that has. */
struct trial {
    const char *rule;
    bool applied;
    struct known_counts counts;
    size_t before; /* found without the rule */
};

struct trials {
    size_t n;
    struct trial *at;
};

static void what_if_row(struct results *t, const struct trial *trial, bool merges)
{
    const struct known_counts *c = &trial->counts;
    results_row(t, NULL);
    results_text(t, "rule", trial->rule);
    results_text(t, "applied", trial->applied ? "yes" : "no");
    results_whole(t, "matched", (int64_t)c->found);
    results_whole(t, "added", c->found > trial->before ? (int64_t)(c->found - trial->before) : 0);
    results_whole(t, "collisions", (int64_t)c->collisions);
    if (merges)
        results_whole(t, "merged", (int64_t)c->merged);
}

/* The declared rules and one more. */
static bool with_rule(const struct join *j, const char *rule, struct key_steps *steps,
                      struct arena *keep)
{
    struct err ignored = {0};
    struct texts words = {0, ARENA_NEW(keep, const char *, j->identity.rules.n + 1)};
    for (size_t k = 0; k < j->identity.rules.n; k++)
        words.at[words.n++] = j->identity.rules.at[k].text;
    words.at[words.n++] = rule;
    if (!keys_compile(&words, steps, keep, &ignored))
        return false;
    steps->all_merge = j->identity.rules.all_merge;
    return true;
}

enum { LONGEST_PREFIX = 16 };

/* The text before the first digit of a key, or NULL where it is none or long. */
static const char *before_digits(struct key_text key, char prefix[LONGEST_PREFIX + 1])
{
    size_t n = 0;
    while (n < key.length && (key.text[n] < '0' || key.text[n] > '9'))
        n++;
    if (n == 0 || n == key.length || n > LONGEST_PREFIX)
        return NULL;
    memcpy(prefix, key.text, n);
    prefix[n] = '\0';
    return prefix;
}

/* What most ids of a source begin with, after the declared rules: "C-" of C-0017.
   The majority vote of Boyer and Moore (1991), then a count.  NULL: no such text. */
static const char *usual_prefix(const struct ids *ids, const struct key_steps *rules,
                                struct arena *keep)
{
    struct arena *scratch = arena_new();
    struct key_buffer buffer = {.arena = scratch};
    char leader[LONGEST_PREFIX + 1] = "", prefix[LONGEST_PREFIX + 1];
    size_t n = key_map_count(ids->map), votes = 0, count = 0, length;
    for (int round = 0; round < 2; round++)
        for (uint32_t id = 0; id < n; id++) {
            const char *text = key_map_text(ids->map, id, &length);
            struct key_text key = keys_apply(rules, SIZE_MAX, text, length, &buffer);
            bool same = before_digits(key, prefix) && strcmp(prefix, leader) == 0;
            if (round == 1)
                count += same;
            else if (votes > 0)
                votes = same ? votes + 1 : votes - 1;
            else if (before_digits(key, leader))
                votes = 1;
        }
    arena_free(scratch);
    return 2 * count > n ? arena_strdup(keep, leader) : NULL;
}

static size_t characters(struct key_text key)
{
    size_t n = 0;
    for (size_t i = 0; i < key.length; i++)
        n += ((unsigned char)key.text[i] & 0xc0) != 0x80;
    return n;
}

enum { LONGEST_WIDTH = 40 };

/* How many characters most ids of a source have, after the declared rules; 0: no such number. */
static size_t usual_width(const struct ids *ids, const struct key_steps *rules)
{
    struct arena *scratch = arena_new();
    struct key_buffer buffer = {.arena = scratch};
    size_t n = key_map_count(ids->map), of_width[LONGEST_WIDTH + 1] = {0}, length, width = 0;
    for (uint32_t id = 0; id < n; id++) {
        const char *text = key_map_text(ids->map, id, &length);
        size_t wide = characters(keys_apply(rules, SIZE_MAX, text, length, &buffer));
        of_width[wide <= LONGEST_WIDTH ? wide : 0]++;
    }
    for (size_t k = 1; k <= LONGEST_WIDTH; k++)
        if (2 * of_width[k] > n)
            width = k;
    arena_free(scratch);
    return width;
}

/* A rule that drops a beginning is tried with the one that the survey's ids, the master's or the
   ledger's have. */
static const char *prefix_to_try(const struct join *j, struct arena *keep)
{
    const struct ids *source[] = {&j->known.survey, &j->known.master, &j->known.ledger};
    const char *prefix = NULL;
    for (size_t i = 0; i < sizeof source / sizeof *source && !prefix; i++)
        prefix = source[i]->map ? usual_prefix(source[i], &j->identity.rules, keep) : NULL;
    return prefix ? arena_printf(keep, "strip_prefix:%s", prefix) : NULL;
}

/* A rule that pads is tried with the width of the master's ids, the ledger's or the survey's. */
static const char *width_to_try(const struct join *j, struct arena *keep)
{
    const struct ids *source[] = {&j->known.master, &j->known.ledger, &j->known.survey};
    size_t width = 0;
    for (size_t i = 0; i < sizeof source / sizeof *source && !width; i++)
        width = source[i]->map ? usual_width(source[i], &j->identity.rules) : 0;
    return width ? arena_printf(keep, "pad:%zu", width) : NULL;
}

/* The rule to try; NULL: none. */
static const char *rule_to_try(const struct join *j, const char *untried, struct arena *keep)
{
    if (strncmp(untried, "strip_prefix:", 13) == 0)
        return prefix_to_try(j, keep);
    if (strncmp(untried, "pad:", 4) == 0)
        return width_to_try(j, keep);
    return untried;
}

static bool changes_source(const struct ids *ids, const struct key_steps *steps,
                           struct key_buffer *buffer)
{
    size_t n = ids->map ? key_map_count(ids->map) : 0, length;
    const struct key_step *last = &steps->at[steps->n - 1];
    struct key_buffer further = {.arena = buffer->arena};
    for (uint32_t id = 0; id < n; id++) {
        const char *text = key_map_text(ids->map, id, &length);
        struct key_text before = keys_apply(steps, steps->n - 1, text, length, buffer);
        struct key_text after = last->rule->apply(before, last->argument, &further);
        if (after.length != before.length || memcmp(after.text, before.text, after.length) != 0)
            return true;
    }
    return false;
}

/* Does the last step change an id at all? */
static bool changes_ids(const struct join *j, const struct key_steps *steps, struct arena *scratch)
{
    const struct known *k = &j->known;
    const struct ids *source[] = {&k->survey, &k->master, &k->ledger, &k->paired[0], &k->paired[1]};
    struct key_buffer buffer = {.arena = scratch};
    for (size_t i = 0; i < sizeof source / sizeof *source; i++)
        if (changes_source(source[i], steps, &buffer))
            return true;
    return false;
}

static void try_rule(const struct join *j, const char *rule, size_t before, struct trials *trials)
{
    struct arena *scratch = arena_new();
    struct key_steps steps;
    bool *who = ARENA_NEW(scratch, bool, key_map_count(j->known.survey.map));
    if (with_rule(j, rule, &steps, scratch) && changes_ids(j, &steps, scratch))
        trials->at[trials->n++] = (struct trial){
            rule, false, known_count(&j->known, &j->known.survey, &steps, SIZE_MAX, who, scratch),
            before};
    arena_free(scratch);
}

static struct trials try_all(const struct join *j, struct arena *keep)
{
    const size_t n_rules = j->identity.rules.n;
    const struct known_counts *found = join_found_by_rules(j, keep);
    struct texts untried = keys_untried(&j->identity.rules, keep);
    struct trials trials = {0, ARENA_NEW(keep, struct trial, 1 + n_rules + untried.n)};
    trials.at[trials.n++] = (struct trial){"(as written)", true, found[0], 0};
    for (size_t k = 1; k <= n_rules; k++)
        trials.at[trials.n++] =
            (struct trial){j->identity.rules.at[k - 1].text, true, found[k], found[k - 1].found};
    for (size_t u = 0; u < untried.n; u++) {
        const char *rule = rule_to_try(j, untried.at[u], keep);
        if (rule)
            try_rule(j, rule, found[n_rules].found, &trials);
    }
    return trials;
}

void join_table_what_if(const struct join *j, struct report_builder *report, struct arena *keep)
{
    const struct trials trials = try_all(j, keep);
    bool merges = false;
    for (size_t i = 0; i < trials.n; i++)
        merges |= trials.at[i].counts.merged > 0;
    struct results *t = results_new("what_if", NULL,
                                    merges ? "rule applied matched added collisions merged"
                                           : "rule applied matched added collisions",
                                    keep);
    for (size_t i = 0; i < trials.n; i++)
        what_if_row(t, &trials.at[i], merges);
    report_add_table(
        report,
        &(struct table){.id = "what_if",
                        .sheet = "What if",
                        .title = "What each key rule adds to the match",
                        .note = "Rules are applied in order; a rule that is not applied is tried "
                                "after all of the declared ones, and listed if it changes an id. "
                                "Counts are distinct ids as written in the survey.",
                        .frame = results_finish(t)});
}
