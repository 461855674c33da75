/* SPDX-License-Identifier: GPL-3.0-or-later
   The scales of the drafted study file. */
#include <math.h>
#include <string.h>

#include "analysis/init/draft.h"

/* A wording without its line ends and double blanks. */
static const char *on_one_line(const char *text, struct arena *keep)
{
    char *out = arena_strdup(keep, text), *to = out;
    for (const char *at = text; *at; at++) {
        bool blank = *at == ' ' || *at == '\n' || *at == '\r' || *at == '\t';
        if (!blank)
            *to++ = *at;
        else if (to > out && to[-1] != ' ')
            *to++ = ' ';
    }
    while (to > out && to[-1] == ' ')
        to--;
    *to = '\0';
    return out;
}

static const char *column_text(const struct profile *p, struct arena *keep)
{
    return yaml_quoted(p->column->name, keep);
}

static void write_label(const struct draft_scale *s, struct made_text *t)
{
    const struct column *c = s->item[0]->column;
    if (strcmp(c->label, c->name) != 0)
        text_add(t, "    label: %s\n", yaml_quoted(on_one_line(c->label, t->keep), t->keep));
    else if (strcmp(s->name, c->name) != 0)
        text_add(t, "    label: %s\n", column_text(s->item[0], t->keep));
}

/* The names of the items that are marked. */
static struct texts items_of(const struct draft_scale *s, const bool *mark, struct arena *keep)
{
    struct texts items = {0, ARENA_NEW(keep, const char *, s->n_items)};
    for (size_t i = 0; i < s->n_items; i++)
        if (!mark || mark[i])
            items.at[items.n++] = s->item[i]->column->name;
    return items;
}

/* Without the number that stands beside it. */
static const char *label_text(const char *label, struct arena *keep)
{
    return yaml_comment(code_label_words(label, keep), keep);
}

/* Why the lowest number is the best answer. */
static const char *why_down(const struct draft_scale *s, struct arena *keep)
{
    size_t i = 0;
    while (i + 1 < s->n_items && !(s->down[i] && s->labels[i].direction))
        i++;
    const struct code_reading *l = &s->labels[i];
    return s->was_asked ? "CHECK: as you said, the lowest number is the best answer"
                        : arena_printf(keep,
                                       "%d is \"%s\" and %d is \"%s\": turned, so that the best "
                                       "answer has the highest number",
                                       l->lowest_code, label_text(l->lowest, keep), l->highest_code,
                                       label_text(l->highest, keep));
}

static void write_reverse(const struct draft_scale *s, struct made_text *t)
{
    const struct texts reverse = items_of(s, s->reverse, t->keep),
                       against = items_of(s, s->against, t->keep);
    const char *asked = "CHECK: worded the other way round?";
    if (reverse.n)
        text_add(t, "    reverse: %s   # %s\n", yaml_list(&reverse, t->keep),
                 s->upside_down ? why_down(s, t->keep) : asked);
    if (against.n && s->upside_down)
        text_add(t, "    # %s %s\n", asked, yaml_list(&against, t->keep));
}

static void write_items(const struct draft_scale *s, struct made_text *t)
{
    if (s->n_items == 1 && !s->upside_down) {
        text_add(t, "    column: %s\n", column_text(s->item[0], t->keep));
        write_label(s, t);
        return;
    }
    const struct texts items = items_of(s, NULL, t->keep);
    text_add(t, "    items: %s%s\n", yaml_list(&items, t->keep),
             items.n > 1 ? "   # CHECK: one battery, by their names?" : "");
    if (items.n > 1)
        text_add(t, "    # correlation with the first item:");
    for (size_t i = 1; i < s->n_items; i++)
        text_add(t, "%s %.2f%s", i > 1 ? "," : "", s->r[i], i + 1 == s->n_items ? "\n" : "");
    write_reverse(s, t);
    if (items.n == 1)
        write_label(s, t);
    else
        text_add(t, "    combine: mean\n");
}

/* The labels that the file gives to answers, as a comment: the wording of the scale's ends. */
static void write_value_labels(const struct draft_scale *s, struct made_text *t)
{
    const struct levels *l = s->item[0]->column->levels;
    for (size_t k = 0; l && k < l->n; k++)
        text_add(t, "%s%s %s%s",
                 k ? ", " : "    # in the file: ", yaml_comment(l->name[k], t->keep),
                 yaml_comment(l->label[k], t->keep), k + 1 == l->n ? "\n" : "");
}

static void write_range(const struct draft_scale *s, struct made_text *t)
{
    size_t n = 0;
    for (size_t i = 0; i < s->n_items; i++)
        n += s->item[i]->n;
    text_add(t,
             "    range: [%g, %g]   # CHECK: the whole scale of the questionnaire? %zu cells hold "
             "%g to %g\n",
             s->low, s->high, n, s->seen_low, s->seen_high);
    write_value_labels(s, t);
    if (s->n_codes)
        text_add(t, "    missing: %s   # CHECK: no answer%s?\n",
                 yaml_list(&(struct texts){s->n_codes, s->code}, t->keep),
                 s->in_doubt ? ", or answers of a longer scale" : "");
    if (s->recommend)
        text_add(t, "    nps: {promoters: 9, detractors: 6}   # CHECK: only for \"would you "
                    "recommend us?\"\n");
}

/* The words of one number; the number itself needs none. */
static void write_code(const struct worded *w, int code, struct made_text *t)
{
    struct texts words = {0, ARENA_NEW(t->keep, const char *, w->n_words)};
    size_t answers = 0;
    for (size_t k = 0; k < w->n_words; k++) {
        const char *text = w->word[k].text;
        if (w->word[k].code != code || !text[strspn(text, "0123456789")])
            continue;
        answers += w->word[k].n;
        if (!w->word[k].again)
            words.at[words.n++] = on_one_line(text, t->keep);
    }
    if (words.n)
        text_add(t, "      - {code: %d, words: %s}   # %zu answer%s\n", code,
                 yaml_list(&words, t->keep), answers, answers == 1 ? "" : "s");
}

/* Which word is which number. */
static void write_words(const struct draft_scale *s, struct made_text *t)
{
    const struct worded *w = &s->words;
    if (!w->n_words)
        return;
    text_add(t, "    labels:   # CHECK: the number of each answer%s%s%s%s\n",
             s->upside_down ? ", as it stands in the file; reverse: turns them"
                            : ", the best has the highest",
             w->asked ? " (" : "", w->asked ? w->asked : "", w->asked ? ")" : "");
    for (int code = w->low; code <= w->high; code++)
        write_code(w, code, t);
    for (size_t k = 0; s->off && k < w->n_unknown; k++) {
        struct texts word = {1, &(const char *){w->unknown[k].text}};
        text_add(t, "      - {code: ?, words: %s}   # %zu answers: which number is it?\n",
                 yaml_list(&word, t->keep), w->unknown[k].n);
    }
}

/* Labels of which no list has both ends. */
static bool is_open(const struct draft_scale *s)
{
    const struct code_reading *l = &s->labels[0];
    return l->kind == CODES_SCALE && !l->direction && l->lowest_code < l->highest_code;
}

static void write_direction(const struct draft_scale *s, struct made_text *t)
{
    if (is_open(s) && !s->upside_down)
        text_add(t,
                 "    # CHECK: no list tells which is the better answer, %d \"%s\" or %d \"%s\"; "
                 "see reverse:\n",
                 s->labels[0].lowest_code, label_text(s->labels[0].lowest, t->keep),
                 s->labels[0].highest_code, label_text(s->labels[0].highest, t->keep));
    if (s->with_recommend < -0.2 && s->upside_down)
        text_add(t, "    # CHECK: so turned, it runs against the 0-10 question (r = %.2f)\n",
                 s->with_recommend);
    else if (s->with_recommend < -0.2)
        text_add(t,
                 "    # CHECK: runs against the 0-10 question (r = %.2f): is the lowest number the "
                 "best answer?\n    # Then write  items: [%s]  and  reverse: [%s]  in place of "
                 "column:\n",
                 s->with_recommend, column_text(s->item[0], t->keep),
                 column_text(s->item[0], t->keep));
}

static void write_scale(const struct draft_scale *s, struct made_text *t)
{
    text_add(t, "  - name: %s\n", s->name);
    write_items(s, t);
    write_range(s, t);
    write_words(s, t);
    write_direction(s, t);
}

/* Not a part of the study before somebody says which number each word is. */
static void write_off(const struct draft_scale *s, struct made_text *t)
{
    struct made_text own = {.keep = t->keep};
    write_scale(s, &own);
    if (s->differs)
        text_add(t, "  # CHECK: not the same in all waves: %s. See what they asked.\n",
                 yaml_comment(s->differs, t->keep));
    else
        text_add(
            t,
            "  # CHECK: answers that no list knows: give each its number, then take '# ' away.\n");
    for (size_t at = 0; at < own.size;) {
        const char *end = memchr(own.bytes + at, '\n', own.size - at);
        size_t n = (size_t)(end - (own.bytes + at));
        text_add(t, "  # %.*s\n", (int)(n - 2), own.bytes + at + 2);
        at += n + 1;
    }
}

void draft_write_scales(const struct draft *d, struct made_text *t)
{
    const struct draft_survey *s = &d->survey;
    size_t on = 0;
    for (size_t k = 0; k < s->n_scales; k++)
        on += !s->scale[k].off;
    text_add(
        t,
        "\n# CHECK: columns of few small whole numbers, or of words that are known as answers. "
        "Take\n"
        "# out what is no scale (a number of persons, a code); write the question's wording as\n"
        "# label:. A higher number must be the better answer: see reverse: where 1 is the best.\n");
    if (!s->n_scales)
        text_add(t, "# None was found: each is {name: intent, column: Q1, range: [1, 7]}.\n");
    text_add(t, on ? "scales:\n" : "# scales:\n");
    for (size_t k = 0; k < s->n_scales; k++)
        if (!s->scale[k].off)
            write_scale(&s->scale[k], t);
    for (size_t k = 0; k < s->n_scales; k++)
        if (s->scale[k].off)
            write_off(&s->scale[k], t);
}
