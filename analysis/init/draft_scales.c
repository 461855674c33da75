/* SPDX-License-Identifier: GPL-3.0-or-later
   Which columns of a survey are answers on a scale. */
#include <math.h>
#include <string.h>
#include <strings.h>

#include "analysis/init/draft.h"
#include "io/text/parse.h"

enum { TOP = 10, MOST_CODES = 6, ITEMS_LEAST = 2 };

/* What a column's values say about a scale. */
struct guess {
    bool is_scale, in_doubt;
    size_t n[TOP + 1]; /* answers 0..10 */
    size_t n_codes, n_core;
    const char *code[2 * MOST_CODES];
    double seen_low, seen_high, low, high;
    struct worded words; /* n_words 0: plain numbers */
    struct code_reading labels;
};

/* Numbers that survey tools and codebooks use for "no answer". */
static bool is_usual_code(double x)
{
    static const double code[] = {66,  77,  88,  96,  97,  98,  99,  777,
                                  888, 977, 988, 997, 998, 999, 9999};
    for (size_t i = 0; i < sizeof code / sizeof *code; i++)
        if (x == code[i])
            return true;
    return x < 0 && x == floor(x) && (x >= -9 || is_usual_code(-x));
}

static bool add_code(struct guess *g, const char *text)
{
    if (g->n_codes == MOST_CODES)
        return false;
    g->code[g->n_codes++] = text;
    return true;
}

/* Sorts one distinct value in; false: the column is no scale. */
static bool take_value(struct guess *g, const struct profile *p, const struct value_count *v)
{
    double x;
    const char *label = draft_level(p, v->text);
    if (!parse_real(v->text, strlen(v->text), &x) || (label != v->text && words_no_answer(label)))
        return add_code(g, v->text);
    if (x >= 0 && x <= TOP && x == floor(x)) {
        g->n[(size_t)x] += v->n;
        g->n_core += v->n;
        return true;
    }
    return is_usual_code(x) && add_code(g, v->text);
}

static size_t highest(const struct guess *g, size_t below)
{
    size_t x = below;
    while (x > 0 && g->n[x - 1] == 0)
        x--;
    return x ? x - 1 : 0;
}

/* 9 after a gap, or 8 and 9, above answers up to 7 or 5 are codes, not answers. */
static void split_codes(struct guess *g)
{
    size_t top = highest(g, TOP + 1), next = highest(g, top);
    size_t below = next == 8 ? highest(g, next) : next;
    if (top != 9 || below > 7 || (next == 8 && below > 5) || below < 3)
        return;
    static const char *const text[] = {"8", "9"};
    for (size_t x = next == 8 ? 8 : 9; x <= 9; x++) {
        g->n_core -= g->n[x];
        g->n[x] = 0;
        g->code[g->n_codes++] = text[x - 8];
    }
    g->in_doubt = true;
}

static void set_range(struct guess *g)
{
    size_t low = 0, high = highest(g, TOP + 1);
    while (low < TOP && g->n[low] == 0)
        low++;
    g->seen_low = (double)low;
    g->seen_high = (double)high;
    g->low = low == 0 ? 0 : 1;
    g->high = low == 0 ? (high > 5 ? 10 : (double)high) : high <= 5 ? 5 : high <= 7 ? 7 : 10;
}

static bool is_among_codes(const struct guess *g, const char *text)
{
    for (size_t k = 0; k < g->n_codes; k++)
        if (strcmp(g->code[k], text) == 0)
            return true;
    return false;
}

/* Does the file call the number an answer, or label the ends of a line of which it is one? */
static bool is_labelled_answer(const struct profile *p, const char *text)
{
    enum { ENDS_AND_MIDDLE = 3 };
    const char *label = draft_level(p, text);
    const struct code_label one = {.label = label};
    return label != text && (p->column->levels->n <= ENDS_AND_MIDDLE ||
                             code_labels_read(&one, 1).kind == CODES_SCALE);
}

/* Labelled answers are part of the scale, whether they occur or not. */
static void widen_to_labels(struct guess *g, const struct levels *l)
{
    double low = INFINITY, high = -INFINITY, x;
    for (size_t k = 0; l && k < l->n; k++) {
        if (!parse_real(l->name[k], strlen(l->name[k]), &x))
            return;
        if (words_no_answer(l->label[k]) || is_among_codes(g, l->name[k]) ||
            ((x < 0 || x > TOP) && is_usual_code(x)))
            continue;
        if (x < 0 || x > TOP)
            return;
        low = fmin(low, x);
        high = fmax(high, x);
    }
    if (low < high && low <= g->seen_low && high >= g->seen_high) {
        g->low = low;
        g->high = high;
    }
}

/* Is a text an answer that may be labelled, and which? */
static bool is_answer(const struct guess *g, const char *text, int *code)
{
    double x;
    if (!parse_real(text, strlen(text), &x) || x < 0 || x > TOP || x != floor(x) ||
        is_among_codes(g, text))
        return false;
    *code = (int)x;
    return true;
}

/* What the labels of the file's codes say. */
static struct code_reading read_labels(const struct profile *p, const struct guess *g,
                                       struct arena *keep)
{
    const struct levels *l = p->column->levels;
    struct code_label *label = ARENA_NEW(keep, struct code_label, p->n_distinct + (l ? l->n : 0));
    size_t n = 0;
    int code;
    for (size_t k = 0; k < p->n_distinct; k++) {
        const char *text = p->value[k].text, *called = draft_level(p, text);
        if (is_answer(g, text, &code))
            label[n++] = (struct code_label){code, called == text ? NULL : called, p->value[k].n};
    }
    for (size_t k = 0; l && k < l->n; k++)
        if (is_answer(g, l->name[k], &code))
            label[n++] = (struct code_label){code, l->label[k], 0};
    return code_labels_read(label, n);
}

/* Numbers that are names of something: by their labels, or without any by the question. */
static bool are_names(const struct profile *p, const struct code_reading *labels)
{
    return labels->kind == CODES_NAMES ||
           (labels->kind == CODES_BARE && draft_is_attribute(p->column));
}

/* Answers in words, with the code of each. */
static void take_words(struct guess *g)
{
    const struct worded *w = &g->words;
    g->seen_low = w->high;
    g->seen_high = w->low;
    for (size_t k = 0; k < w->n_words; k++) {
        if (!w->word[k].n)
            continue;
        g->seen_low = fmin(g->seen_low, w->word[k].code);
        g->seen_high = fmax(g->seen_high, w->word[k].code);
    }
    g->low = w->whole ? w->low : w->low ? 1 : 0;
    g->high = w->whole || g->low == 0 ? w->high : w->high <= 5 ? 5 : w->high <= 7 ? 7 : TOP;
    g->is_scale = true;
}

static struct guess guess_scale(const struct profile *p, struct arena *keep)
{
    struct guess g = {0};
    size_t distinct = 0;
    if (words_find(p->value, p->n_distinct, &g.words, keep)) {
        take_words(&g);
        return g;
    }
    for (size_t k = 0; k < p->n_distinct; k++)
        if (p->n_distinct > TOP + 1 + MOST_CODES || !take_value(&g, p, &p->value[k]))
            return g;
    if (!is_labelled_answer(p, "9"))
        split_codes(&g);
    for (size_t x = 0; x <= TOP; x++)
        distinct += g.n[x] > 0;
    g.is_scale = distinct >= 3 && 2 * g.n_core >= p->n && !p->row_number;
    if (!g.is_scale)
        return g;
    g.labels = read_labels(p, &g, keep);
    g.is_scale = !are_names(p, &g.labels);
    set_range(&g);
    widen_to_labels(&g, p->column->levels);
    return g;
}

/* ---- batteries ---- */

/* The part before the last "[" of "How satisfied are you with [the price]", or before
   the last " - " or ": "; 0: there is none. */
static size_t shared_question(const char *name)
{
    enum { LEAST = 4 };
    static const char *const mark[] = {" [", "[", " - ", ": "};
    size_t n = strlen(name);
    for (size_t k = 0; k < sizeof mark / sizeof *mark; k++)
        for (size_t at = n; at-- > LEAST;)
            if (strncmp(name + at, mark[k], strlen(mark[k])) == 0 && (k > 1 || name[n - 1] == ']'))
                return at;
    return 0;
}

/* Length of the part that the items of a battery share: "Q2" of Q2_1, Q2[SQ001];
   0: no such name. */
static size_t shared_part(const char *name)
{
    size_t n = strlen(name);
    size_t end = n && name[n - 1] == ']' ? n - 1 : n, at = end;
    while (at > 0 && name[at - 1] >= '0' && name[at - 1] <= '9')
        at--;
    if (at == end)
        return shared_question(name);
    while (at > 0 && end - at < 6 &&
           ((name[at - 1] >= 'A' && name[at - 1] <= 'Z') ||
            (name[at - 1] >= 'a' && name[at - 1] <= 'z')))
        at--;
    size_t separator = at;
    while (at > 0 && strchr("_.-[ ", name[at - 1]))
        at--;
    return at < separator ? at : shared_question(name);
}

static bool belong_together(const struct profile *a, const struct guess *ga,
                            const struct profile *b, const struct guess *gb)
{
    size_t n = shared_part(a->column->name);
    return n && n == shared_part(b->column->name) &&
           strncmp(a->column->name, b->column->name, n) == 0 && ga->low == gb->low &&
           (ga->words.n_words > 0) == (gb->words.n_words > 0) &&
           (ga->high == gb->high || (ga->high <= 7 && gb->high <= 7));
}

static void add_code_once(struct draft_scale *s, const char *text)
{
    for (size_t i = 0; i < s->n_codes; i++)
        if (strcmp(s->code[i], text) == 0)
            return;
    s->code[s->n_codes++] = text;
}

static void add_codes(struct draft_scale *s, const struct guess *g)
{
    for (size_t k = 0; k < g->n_codes; k++)
        add_code_once(s, g->code[k]);
}

static void add_item(struct draft_scale *s, const struct profile *p, const struct guess *g)
{
    bool first = s->n_items == 0;
    s->labels[s->n_items] = g->labels;
    s->item[s->n_items++] = p;
    s->low = first ? g->low : fmin(s->low, g->low);
    s->high = first ? g->high : fmax(s->high, g->high);
    s->seen_low = first ? g->seen_low : fmin(s->seen_low, g->seen_low);
    s->seen_high = first ? g->seen_high : fmax(s->seen_high, g->seen_high);
    s->in_doubt |= g->in_doubt;
    add_codes(s, g);
}

/* ---- words ---- */

/* The values of all items, each once. */
static size_t all_values(const struct draft_scale *s, struct value_count *value, size_t most)
{
    size_t n = 0;
    for (size_t i = 0; i < s->n_items; i++)
        for (size_t k = 0; k < s->item[i]->n_distinct; k++) {
            const struct value_count *v = &s->item[i]->value[k];
            size_t at = 0;
            while (at < n && strcmp(value[at].text, v->text) != 0)
                at++;
            if (at == n && n == most)
                return n;
            if (at == n)
                value[n++] = (struct value_count){v->text, 0};
            value[at].n += v->n;
        }
    return n;
}

/* One wording for all items.  Few answers beside it are taken for "no answer"; with many,
   the scale is left to a person. */
static void settle_words(struct draft_scale *s, struct arena *keep)
{
    enum { MOST = 60 };
    struct value_count *value = ARENA_NEW(keep, struct value_count, MOST);
    size_t n = all_values(s, value, MOST), answers = 0;
    for (size_t k = 0; k < n; k++)
        answers += value[k].n;
    if (!words_find(value, n, &s->words, keep))
        return;
    const struct worded *w = &s->words;
    s->off = 20 * w->unknown_answers > answers;
    for (size_t k = 0; k < w->n_missing; k++)
        add_code_once(s, w->missing[k].text);
    for (size_t k = 0; k < w->n_unknown && !s->off; k++)
        add_code_once(s, w->unknown[k].text);
    s->low = w->whole ? w->low : s->low;
    s->high = w->whole ? w->high : s->high;
    for (size_t i = 0; i < s->n_items; i++)
        s->labels[i] = w->labels;
}

/* ---- the whole ---- */

/* Google's points of a quiz are no answer. */
static bool is_points(const struct draft *d, const char *name)
{
    const char *format = d->survey.file.sample->format;
    return format && strcmp(format, "google_forms") == 0 && strcmp(name, "Score") == 0;
}

/* Qualtrics' column of the three groups of a recommendation is no score. */
static bool is_score_group(const char *name)
{
    static const char end[] = "_NPS_GROUP";
    size_t n = strlen(name), m = sizeof end - 1;
    return n > m && strcmp(name + n - m, end) == 0;
}

static bool is_used(const struct draft *d, const struct profile *p)
{
    const struct draft_survey *s = &d->survey;
    const struct column *c = p->column;
    return profile_is_date(p) || is_score_group(c->name) || is_points(d, c->name) ||
           (d->key.survey && c == d->key.survey->column) ||
           (s->finished && c == s->finished->column) || (d->n_waves && draft_tells_waves(c)) ||
           name_holds(c->name, "duration progress weight gewicht");
}

static struct draft_scale *scale_new(struct draft_survey *s, size_t most, struct arena *keep)
{
    struct draft_scale *new = &s->scale[s->n_scales];
    *new = (struct draft_scale){.name = "",
                                .item = ARENA_NEW(keep, const struct profile *, most),
                                .labels = ARENA_NEW(keep, struct code_reading, most),
                                .down = ARENA_NEW(keep, bool, most),
                                .against = ARENA_NEW(keep, bool, most),
                                .reverse = ARENA_NEW(keep, bool, most),
                                .r = ARENA_NEW(keep, double, most),
                                .code = ARENA_NEW(keep, const char *, most * 2 * MOST_CODES)};
    return new;
}

/* What a question asks, by its words: a short name that tables can show. */
static const struct {
    const char *name, *words; /* '|' between */
} topics[] = {
    {"recommend", "recommend|empfehl|recommand|recomend|aanbevel|aanrad"},
    {"intent",
     "buy from us again|buy again|purchase again|repurchas|order again|shop again|likely to "
     "buy|likely are you to buy|likely to purchase|likely are you to purchase|renew|wieder "
     "kaufen|wieder bei uns kauf|wiederkauf|erneut "
     "kaufen|kaufabsicht|racheter|rach\u00e8ter|nouveau acheter|acheter \u00e0 "
     "nouveau|volver a comprar|volver\u00eda a comprar|opnieuw kopen|weer kopen"},
    {"satisfaction", "satisf|zufrieden|tevreden"},
};
enum { N_TOPICS = sizeof topics / sizeof *topics };

static bool speaks_of(const char *text, const char *words)
{
    while (*words) {
        size_t n = strcspn(words, "|");
        for (const char *at = text; *at; at++)
            if (strncasecmp(at, words, n) == 0)
                return true;
        words += n + (words[n] == '|');
    }
    return false;
}

/* The topic of a scale's wording, or NULL; names of one word stand for themselves. */
static const char *topic_of(const struct draft_scale *s)
{
    const struct column *c = s->item[0]->column;
    const char *text = strcmp(c->label, c->name) != 0 ? c->label : c->name;
    for (size_t k = 0; strchr(text, ' ') && k < N_TOPICS; k++)
        if (speaks_of(text, topics[k].words))
            return topics[k].name;
    return NULL;
}

static const char *scale_name(const struct draft *d, const struct draft_scale *s,
                              struct arena *keep)
{
    const char *name = s->item[0]->column->name, *topic = topic_of(s);
    if (s->n_items >= ITEMS_LEAST)
        name = arena_strndup(keep, name, shared_part(name));
    return draft_name(d, topic ? topic : name, keep);
}

/* "Would you recommend us?" is asked from 0 to 10, though nobody may have ticked the ends. */
static void settle_recommend(struct draft_scale *s)
{
    if (s->n_items > 1 || s->words.language)
        return;
    const char *topic = topic_of(s);
    if (topic && strcmp(topic, "recommend") == 0 && s->seen_high > 7 && s->low == 1)
        s->low = 0;
    s->recommend = s->low == 0 && s->high == TOP;
}

void draft_find_scales(struct draft *d, struct arena *keep)
{
    struct draft_survey *s = &d->survey;
    size_t n = s->file.frame->n_cols;
    struct guess *guess = ARENA_NEW(keep, struct guess, n);
    bool *taken = ARENA_NEW(keep, bool, n);
    s->scale = ARENA_NEW(keep, struct draft_scale, n);
    for (size_t j = 0; j < n; j++) {
        guess[j] = guess_scale(&s->file.profile[j], keep);
        taken[j] = !guess[j].is_scale || is_used(d, &s->file.profile[j]);
    }
    for (size_t j = 0; j < n; j++) {
        if (taken[j])
            continue;
        struct draft_scale *scale = scale_new(s, n - j, keep);
        for (size_t i = j; i < n; i++)
            if (!taken[i] && (i == j || belong_together(&s->file.profile[j], &guess[j],
                                                        &s->file.profile[i], &guess[i]))) {
                add_item(scale, &s->file.profile[i], &guess[i]);
                taken[i] = true;
            }
        settle_words(scale, keep);
        settle_recommend(scale);
        scale->name = scale_name(d, scale, keep);
        s->n_scales++;
    }
    draft_find_direction(s, keep);
}
