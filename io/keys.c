/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/keys.h"

#include <assert.h>
#include <string.h>
#include <utf8proc.h>

#include "models/base/nearest.h"

/* ---- trim ---- */

/* Characters that trim drops, as UTF-8: U+00A0, U+200B..U+200D, U+2060, U+FEFF. */
static const char *const invisible[] = {"\xc2\xa0",     "\xe2\x80\x8b", "\xe2\x80\x8c",
                                        "\xe2\x80\x8d", "\xe2\x81\xa0", "\xef\xbb\xbf"};
enum { N_INVISIBLE = sizeof invisible / sizeof *invisible };

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static size_t blank_at_start(struct key_text key)
{
    if (key.length && is_blank(key.text[0]))
        return 1;
    for (size_t i = 0; i < N_INVISIBLE; i++) {
        size_t length = strlen(invisible[i]);
        if (key.length >= length && memcmp(key.text, invisible[i], length) == 0)
            return length;
    }
    return 0;
}

static size_t blank_at_end(struct key_text key)
{
    if (key.length && is_blank(key.text[key.length - 1]))
        return 1;
    for (size_t i = 0; i < N_INVISIBLE; i++) {
        size_t length = strlen(invisible[i]);
        if (key.length >= length &&
            memcmp(key.text + key.length - length, invisible[i], length) == 0)
            return length;
    }
    return 0;
}

static struct key_text apply_trim(struct key_text key, const char *argument, struct key_buffer *b)
{
    (void)argument, (void)b;
    for (size_t n; (n = blank_at_start(key)) > 0;)
        key.text += n, key.length -= n;
    for (size_t n; (n = blank_at_end(key)) > 0;)
        key.length -= n;
    return key;
}

/* ---- case ---- */

static bool is_ascii(struct key_text key)
{
    for (size_t i = 0; i < key.length; i++)
        if ((unsigned char)key.text[i] >= 0x80)
            return false;
    return true;
}

/* Room for a text.  What the buffer held before stays readable. */
static void make_room(struct key_buffer *b, size_t length)
{
    if (b->capacity >= length)
        return;
    b->capacity = 2 * length + 64;
    b->text = ARENA_NEW(b->arena, char, b->capacity);
}

/* Reads forward only: `key` may be a part of the buffer itself. */
static struct key_text fold_ascii(struct key_text key, struct key_buffer *b)
{
    make_room(b, key.length);
    for (size_t i = 0; i < key.length; i++) {
        char c = key.text[i];
        b->text[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return (struct key_text){b->text, key.length};
}

/* Full case folding (Unicode 3.13, toCasefold) and canonical composition (UAX 15,
   NFC), so that a composed and a decomposed spelling are equal as well. */
static struct key_text apply_case(struct key_text key, const char *argument, struct key_buffer *b)
{
    (void)argument;
    const utf8proc_option_t how = UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD;
    if (is_ascii(key))
        return fold_ascii(key, b);
    for (;;) {
        utf8proc_ssize_t n =
            utf8proc_decompose((const utf8proc_uint8_t *)key.text, (utf8proc_ssize_t)key.length,
                               b->points, (utf8proc_ssize_t)b->n_points, how);
        if (n < 0)
            return fold_ascii(key, b);
        if ((size_t)n < b->n_points) { /* one more: reencode writes a NUL */
            n = utf8proc_reencode(b->points, n, how);
            assert(n >= 0);
            make_room(b, (size_t)n);
            memcpy(b->text, b->points, (size_t)n);
            return (struct key_text){b->text, (size_t)n};
        }
        b->n_points = 2 * (size_t)n + 64;
        b->points = ARENA_NEW(b->arena, int, b->n_points);
    }
}

/* ---- the others ---- */

static struct key_text apply_strip_zeros(struct key_text key, const char *argument,
                                         struct key_buffer *b)
{
    (void)argument, (void)b;
    while (key.length > 1 && key.text[0] == '0')
        key.text++, key.length--;
    return key;
}

static struct key_text apply_strip_prefix(struct key_text key, const char *argument,
                                          struct key_buffer *b)
{
    (void)b;
    size_t length = strlen(argument);
    if (key.length > length && memcmp(key.text, argument, length) == 0)
        key.text += length, key.length -= length;
    return key;
}

/* A text with one '@' between two others; anything else is left as it is.  Dots
   and plus signs stay: what they mean is each provider's own matter. */
static struct key_text apply_email(struct key_text key, const char *argument, struct key_buffer *b)
{
    struct key_text bare = apply_trim(key, argument, b);
    const char *at = memchr(bare.text, '@', bare.length);
    if (!at || at == bare.text || at == bare.text + bare.length - 1 ||
        memchr(at + 1, '@', (size_t)(bare.text + bare.length - at - 1)))
        return key;
    return apply_case(bare, argument, b);
}

const struct key_rule key_rules[] = {
#define X(name, usual_argument, description) {#name, usual_argument, description, apply_##name},
    KEY_RULE_LIST(X)
#undef X
};
const size_t n_key_rules = sizeof key_rules / sizeof *key_rules;

/* ---- compiling and applying ---- */

static const char *did_you_mean(const char *typed, struct arena *keep)
{
    const char **name = ARENA_NEW(keep, const char *, n_key_rules);
    for (size_t i = 0; i < n_key_rules; i++)
        name[i] = key_rules[i].name;
    return nearest_mend(typed, name, n_key_rules, "the rules are ", n_key_rules, keep);
}

static bool refuse(struct err *err, const char *text, const char *what, const char *mend)
{
    return err_at(
        err, ERR_STUDY,
        &(struct problem){.column = "join.key_rules", .value = text, .what = what, .mend = mend});
}

static bool compile_step(const char *text, struct key_step *step, struct arena *keep,
                         struct err *err)
{
    const char *colon = strchr(text, ':');
    const char *name = arena_strndup(keep, text, colon ? (size_t)(colon - text) : strlen(text));
    for (size_t i = 0; i < n_key_rules; i++)
        if (strcmp(name, key_rules[i].name) == 0)
            step->rule = &key_rules[i];
    if (!step->rule)
        return refuse(err, text, "is no key rule", did_you_mean(name, keep));
    step->text = arena_strdup(keep, text);
    step->argument = colon ? step->text + (colon + 1 - text) : NULL;
    if (colon && !step->rule->usual_argument)
        return refuse(err, text, "takes no argument", arena_printf(keep, "write %s", name));
    if (step->rule->usual_argument && (!colon || !*step->argument))
        return refuse(err, text, "needs the text that it drops",
                      arena_printf(keep, "write %s:%s", name, step->rule->usual_argument));
    return true;
}

bool keys_compile(const struct texts *declared, struct key_steps *steps, struct arena *keep,
                  struct err *err)
{
    struct key_step *at = ARENA_NEW(keep, struct key_step, declared->n);
    *steps = (struct key_steps){declared->n, at};
    for (size_t i = 0; i < declared->n; i++)
        if (!compile_step(declared->at[i], &at[i], keep, err))
            return false;
    return true;
}

struct key_text keys_apply(const struct key_steps *steps, size_t k, const char *text, size_t length,
                           struct key_buffer *b)
{
    struct key_text key = {text, length};
    for (size_t i = 0; i < steps->n && i < k; i++)
        key = steps->at[i].rule->apply(key, steps->at[i].argument, b);
    return key;
}

struct texts keys_untried(const struct key_steps *steps, struct arena *keep)
{
    struct texts untried = {0, ARENA_NEW(keep, const char *, n_key_rules)};
    for (size_t i = 0; i < n_key_rules; i++) {
        const struct key_rule *rule = &key_rules[i];
        bool tried = false;
        for (size_t j = 0; j < steps->n; j++)
            tried = tried || steps->at[j].rule == rule;
        if (!tried)
            untried.at[untried.n++] =
                rule->usual_argument ? arena_printf(keep, "%s:%s", rule->name, rule->usual_argument)
                                     : rule->name;
    }
    return untried;
}
