/* SPDX-License-Identifier: GPL-3.0-or-later
   From the terms as typed to those of the model: order, labels and coding, as R's terms(). */
#include <string.h>

#include "models/design/parser.h"
#include "models/design/terms.h"

/* ---- terms ---- */

static const char *label_of(const struct model_formula *f, struct term_set s, struct arena *keep)
{
    const char *label = f->variable[s.variable[0]].label;
    for (size_t k = 1; k < s.n; k++)
        label = arena_printf(keep, "%s:%s", label, f->variable[s.variable[k]].label);
    return label;
}

/* Is a column for every level needed of the k-th variable of term t?  The rule of R's terms.formula
   (Chambers & Hastie 1992, Statistical Models in S, sec. 2.4.1): not if the term without it is
   the intercept, or within a term before this. */
static bool full_coding(const struct model_formula *f, size_t t, size_t k, uint32_t *room)
{
    const struct model_term *term = &f->term[t];
    struct term_set margin = {0, room};
    for (size_t i = 0; i < term->n; i++)
        if (i != k)
            room[margin.n++] = term->variable[i];
    if (margin.n == 0)
        return false;
    for (size_t i = 0; i < t; i++)
        if (terms_set_within(margin, (struct term_set){f->term[i].n, f->term[i].variable}))
            return false;
    return true;
}

/* Without an intercept the first factor of all gets a column for every level. */
static void first_factor_full(const struct model_formula *f, bool *const full[])
{
    for (size_t t = 0; t < f->n_terms; t++)
        for (size_t k = 0; k < f->term[t].n; k++)
            if (f->variable[f->term[t].variable[k]].kind == VARIABLE_FACTOR) {
                full[t][k] = true;
                return;
            }
}

static void code_terms(struct model_formula *f, struct arena *keep, struct arena *scratch)
{
    bool **full = ARENA_NEW(scratch, bool *, f->n_terms);
    uint32_t *room = ARENA_NEW(scratch, uint32_t, f->n_variables);
    for (size_t t = 0; t < f->n_terms; t++) {
        const struct model_term *term = &f->term[t];
        f->term[t].full = full[t] = ARENA_NEW(keep, bool, term->n);
        for (size_t k = 0; k < term->n; k++)
            full[t][k] = f->variable[term->variable[k]].kind == VARIABLE_FACTOR &&
                         full_coding(f, t, k, room);
    }
    if (!f->intercept)
        first_factor_full(f, full);
}

/* An offset must be a term of its own; is this one? */
static bool is_offset(struct model_parser *p, struct term_set s, bool *offset)
{
    struct model_formula *f = p->formula;
    *offset = false;
    for (size_t k = 0; k < s.n; k++) {
        struct variable *v = &f->variable[s.variable[k]];
        if (v->kind != VARIABLE_OFFSET)
            continue;
        if (s.n > 1)
            return formula_fail(p->error, v->at, "add it with +", "an offset in an interaction");
        *offset = f->has_offset = v->used = true;
    }
    return true;
}

/* The terms that are no offsets, fewest variables first. */
static bool order_terms(struct model_parser *p, const struct terms *terms)
{
    struct model_formula *f = p->formula;
    size_t n = terms_count(terms);
    f->term = ARENA_NEW(p->keep, struct model_term, n);
    for (size_t degree = 1, seen = 0; seen < n; degree++)
        for (size_t i = 0; i < n; i++) {
            struct term_set s = terms_at(terms, i);
            bool offset;
            if (s.n != degree)
                continue;
            seen++;
            if (!is_offset(p, s, &offset))
                return false;
            if (offset)
                continue;
            f->term[f->n_terms++] = (struct model_term){
                .label = label_of(f, s, p->keep),
                .n = s.n,
                .variable = arena_copy(p->keep, s.variable, s.n, sizeof *s.variable)};
            for (size_t k = 0; k < s.n; k++)
                f->variable[s.variable[k]].used = true;
        }
    return true;
}

/* ---- columns ---- */

static bool reads_column(const struct variable *v, size_t column)
{
    return v->column == column || tape_uses(&v->tape, column);
}

static void mark_columns(struct model_formula *f)
{
    for (size_t i = 0; i < f->n_columns; i++) {
        f->column[i].left = f->has_response && reads_column(&f->response, i);
        for (size_t j = 0; j < f->n_variables && !f->column[i].right; j++)
            f->column[i].right = f->variable[j].used && reads_column(&f->variable[j], i);
    }
}

/* Adds the names of f's columns to those listed. */
static void list_columns(const struct model_formula *f, const char *list[], size_t *n)
{
    for (size_t i = 0; i < f->n_columns; i++) {
        size_t k = 0;
        while (k < *n && strcmp(list[k], f->column[i].name) != 0)
            k++;
        if (k == *n && (f->column[i].left || f->column[i].right))
            list[(*n)++] = f->column[i].name;
    }
}

void model_list_columns(struct model_parser *p)
{
    struct model_formula *f = p->formula;
    size_t most = f->n_columns + (f->second ? f->second->n_columns : 0);
    f->used = ARENA_NEW(p->keep, const char *, most);
    list_columns(f, f->used, &f->n_used);
    if (f->second)
        list_columns(f->second, f->used, &f->n_used);
}

static bool response_apart(struct model_parser *p)
{
    const struct model_formula *f = p->formula;
    for (size_t j = 0; f->has_response && j < f->n_variables; j++)
        if (f->variable[j].used && strcmp(f->variable[j].label, f->response.label) == 0)
            return formula_fail(p->error, f->variable[j].at, "leave it out on the right",
                                "'%s' is the response", name_shown(f->response.label, p->keep));
    return true;
}

bool model_finish(struct model_parser *p, const struct terms *terms)
{
    struct model_formula *f = p->formula;
    if (!order_terms(p, terms) || !response_apart(p))
        return false;
    if (f->n_terms == 0 && !f->intercept && !f->has_offset)
        return formula_fail(p->error, FORMULA_NOWHERE, "name a column, or leave the intercept in",
                            "nothing is right of '~'");
    code_terms(f, p->keep, p->scratch);
    mark_columns(f);
    f->term_label = ARENA_NEW(p->keep, const char *, f->n_terms);
    for (size_t t = 0; t < f->n_terms; t++)
        f->term_label[t] = f->term[t].label;
    return true;
}

/* ---- questions to a formula ---- */

const char *const *model_formula_columns(const struct model_formula *f, size_t *n)
{
    *n = f->n_used;
    return f->used;
}

const struct model_formula *model_formula_second(const struct model_formula *f)
{
    return f->second;
}

const char *const *model_formula_terms(const struct model_formula *f, size_t *n)
{
    *n = f->n_terms;
    return f->term_label;
}

static struct term_set variables_of(const struct model_term *t)
{
    return (struct term_set){t->n, t->variable};
}

bool model_formula_marginal(const struct model_formula *f, size_t t)
{
    for (size_t other = 0; other < f->n_terms; other++)
        if (other != t &&
            terms_set_within(variables_of(&f->term[t]), variables_of(&f->term[other])))
            return true;
    return false;
}

const char *model_formula_response(const struct model_formula *f)
{
    return f->has_response ? f->response.label : NULL;
}
