/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/key/keys.h"

#include <string.h>

#include "models/base/nearest.h"

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
    const char *wrong =
        step->rule->problem ? step->rule->problem(colon ? step->argument : "") : NULL;
    if (wrong)
        return refuse(err, text, wrong,
                      arena_printf(keep, "write %s:%s", name, step->rule->usual_argument));
    return true;
}

bool keys_compile(const struct texts *declared, struct key_steps *steps, struct arena *keep,
                  struct err *err)
{
    struct key_step *at = ARENA_NEW(keep, struct key_step, declared->n);
    *steps = (struct key_steps){.n = declared->n, .at = at};
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

/* ---- owners ---- */

bool keys_merge(const struct key_steps *steps, size_t k)
{
    for (size_t i = 0; i < steps->n && i < k; i++)
        if (steps->all_merge || steps->at[i].rule->merges)
            return true;
    return false;
}

/* The first place from `from` on where the argument of a merging rule begins; NULL: none. */
static const char *next_border(const struct key_steps *steps, size_t k, struct key_text key,
                               size_t from)
{
    const char *first = NULL;
    for (size_t i = 0; i < steps->n && i < k; i++) {
        const char *argument = steps->at[i].argument;
        const char *at = steps->at[i].rule->merges ? memmem(key.text + from, key.length - from,
                                                            argument, strlen(argument))
                                                   : NULL;
        if (at && (!first || at < first))
            first = at;
    }
    return first;
}

static bool same_text(struct key_text a, struct key_text b)
{
    return a.length == b.length && memcmp(a.text, b.text, a.length) == 0;
}

struct key_text keys_owner(const struct key_steps *steps, size_t k, const char *text, size_t length,
                           struct key_buffer b[2])
{
    const struct key_text whole = {text, length};
    if (steps->all_merge) {
        const struct key_text key = keys_apply(steps, k, text, length, &b[1]);
        return key.length ? key : whole;
    }
    const char *at = next_border(steps, k, whole, 0);
    if (!at)
        return whole;
    const struct key_text joined = keys_apply(steps, k, text, length, &b[0]);
    for (; at; at = next_border(steps, k, whole, (size_t)(at - text) + 1)) {
        const struct key_text head = key_trimmed((struct key_text){text, (size_t)(at - text)});
        if (head.length && same_text(keys_apply(steps, k, head.text, head.length, &b[1]), joined))
            return head;
    }
    return whole;
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

bool key_is_shortened(const char *text, size_t length)
{
    size_t i = 1, digits = 0;
    if (length < 5 || text[0] < '0' || text[0] > '9') /* 1E+11 */
        return false;
    if (text[i] == '.' || text[i] == ',')
        for (i++; i < length && text[i] >= '0' && text[i] <= '9'; i++)
            digits++;
    if (i + 3 > length || (i > 1 && digits == 0) || (text[i] != 'E' && text[i] != 'e') ||
        text[i + 1] != '+')
        return false;
    for (i += 2, digits = 0; i < length && text[i] >= '0' && text[i] <= '9'; i++)
        digits++;
    return i == length && digits >= 2;
}

const char key_shortened_what[] =
    "is what Excel has made of a longer id: its other digits are lost";
const char key_shortened_mend[] = "export the file anew, and do not save it in Excel before it is "
                                  "read here";
