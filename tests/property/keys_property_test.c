/* SPDX-License-Identifier: GPL-3.0-or-later
   What holds for every key rule and every key. */
#include <string.h>
#include <utf8proc.h>

#include "io/key/keys.h"
#include "models/base/rng.h"
#include "tests/check.h"

enum { TRIALS = 20000, LONGEST = 24 };

/* Letters that rules look at, among others of one to four bytes. */
static const char *const letter[] = {"0",
                                     "0",
                                     "1",
                                     "7",
                                     "C",
                                     "-",
                                     ".",
                                     ".0",
                                     ":",
                                     "+",
                                     "@",
                                     "@gmail.com",
                                     "a",
                                     "B",
                                     " ",
                                     "\t",
                                     "\xc2\xa0",
                                     "\xe2\x80\x8b",
                                     "\xc3\x9f",
                                     "\xc3\xbc",
                                     "u\xcc\x88",
                                     "\xef\xac\x81",
                                     "\xef\xbc\x91",
                                     "\xf0\x9d\x9f\x8e",
                                     "C-",
                                     "googlemail.com",
                                     "\xe3\x80\x80",
                                     "\xcd\x85",
                                     "\xe1\xbe\xb3",
                                     "\xff"};
enum { N_LETTERS = sizeof letter / sizeof *letter };

/* A key of random letters; the last letter, which is no UTF-8, only where `broken`. */
static size_t draw(gsl_rng *rng, bool broken, char *key)
{
    size_t n = rng_below(rng, 8), length = 0;
    for (size_t i = 0; i < n; i++) {
        const char *one = letter[rng_below(rng, broken ? N_LETTERS : N_LETTERS - 1)];
        if (length + strlen(one) > LONGEST)
            break;
        memcpy(key + length, one, strlen(one));
        length += strlen(one);
    }
    return length;
}

static bool is_utf8(struct key_text key)
{
    for (size_t i = 0; i < key.length;) {
        utf8proc_int32_t point;
        utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)key.text + i,
                                              (utf8proc_ssize_t)(key.length - i), &point);
        if (n <= 0)
            return false;
        i += (size_t)n;
    }
    return true;
}

/* Twice is once: not promised of rules that drop one beginning or end. */
static bool is_idempotent(const char *rule)
{
    return strcmp(rule, "strip_prefix") != 0 && strcmp(rule, "strip_suffix") != 0;
}

static const struct key_rule *rule_of(size_t r, struct key_steps *steps, struct arena *keep)
{
    const struct key_rule *rule = &key_rules[r];
    const char *word = rule->usual_argument
                           ? arena_printf(keep, "%s:%s", rule->name, rule->usual_argument)
                           : rule->name;
    struct err err = {0};
    assert_true(keys_compile(&(struct texts){1, &word}, steps, keep, &err));
    return rule;
}

static void holds(const struct key_rule *rule, const struct key_steps *steps, const char *key,
                  size_t length, bool broken, struct key_buffer buffer[3])
{
    struct key_text once = keys_apply(steps, 1, key, length, &buffer[0]);
    struct key_text again = keys_apply(steps, 1, key, length, &buffer[1]);
    bool trim = strcmp(rule->name, "trim") == 0;
    if (once.length != again.length || memcmp(once.text, again.text, once.length) != 0)
        fail_msg("%s: another result the second time", rule->name);
    if (length && !once.length && !trim)
        fail_msg("%s: makes '%.*s' empty", rule->name, (int)length, key);
    if (!length && once.length)
        fail_msg("%s: makes something of nothing", rule->name);
    if (!broken && !is_utf8(once))
        fail_msg("%s: makes '%.*s' no UTF-8", rule->name, (int)length, key);
    struct key_text twice = keys_apply(steps, 1, once.text, once.length, &buffer[2]);
    if (is_idempotent(rule->name) &&
        (once.length != twice.length || memcmp(once.text, twice.text, once.length) != 0))
        fail_msg("%s: changes '%.*s' twice", rule->name, (int)length, key);
}

static void every_rule(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    for (size_t r = 0; r < n_key_rules; r++) {
        struct key_steps steps;
        const struct key_rule *rule = rule_of(r, &steps, keep);
        struct key_buffer buffer[3] = {{.arena = keep}, {.arena = keep}, {.arena = keep}};
        gsl_rng *rng = rng_stream(20260101, r, keep);
        for (size_t i = 0; i < TRIALS; i++) {
            char key[LONGEST];
            bool broken = i % 8 == 0;
            size_t length = draw(rng, broken, key);
            holds(rule, &steps, key, length, broken, buffer);
        }
    }
    arena_free(keep);
}

/* Rules in any order on one buffer give what rules on buffers of their own give: none reads
   what it has written over. */
static void rules_on_one_buffer(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    gsl_rng *rng = rng_stream(20260101, 99, keep);
    struct key_steps *one = ARENA_NEW(keep, struct key_steps, n_key_rules);
    struct key_buffer shared = {.arena = keep};
    for (size_t r = 0; r < n_key_rules; r++)
        rule_of(r, &one[r], keep);
    for (size_t i = 0; i < TRIALS; i++) {
        struct arena *scratch = arena_new();
        struct key_step step[4];
        char key[LONGEST];
        size_t length = draw(rng, i % 8 == 0, key);
        struct key_text apart = {key, length};
        for (size_t k = 0; k < 4; k++) {
            struct key_buffer own = {.arena = scratch};
            const struct key_steps *steps = &one[rng_below(rng, n_key_rules)];
            step[k] = steps->at[0];
            apart = keys_apply(steps, 1, apart.text, apart.length, &own);
        }
        struct key_text got =
            keys_apply(&(struct key_steps){.n = 4, .at = step}, SIZE_MAX, key, length, &shared);
        if (got.length != apart.length || memcmp(got.text, apart.text, got.length) != 0)
            fail_msg("%s %s %s %s of '%.*s'", step[0].text, step[1].text, step[2].text,
                     step[3].text, (int)length, key);
        arena_free(scratch);
    }
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule),
        cmocka_unit_test(rules_on_one_buffer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
