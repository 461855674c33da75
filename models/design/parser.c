/* SPDX-License-Identifier: GPL-3.0-or-later
   The grammar of terms, one function for each level of precedence:

     formula = [ response ] "~" sum [ "|" sum ]
     sum     = [ "+" | "-" ] operand { ("+" | "-") operand }      operand = 0 | 1 | product
     product = within { ("*" | "/") within }
     within  = inter { "%in%" inter }
     inter   = power { ":" power }
     power   = primary [ "^" number ]
     primary = "." | column | call | "(" sum ")" */
#include "models/design/parser.h"

#include <math.h>
#include <string.h>

#include "models/design/terms.h"

typedef bool reads(struct model_parser *p, struct terms *out);

static bool sum(struct model_parser *p, struct terms *out);

static bool too_many(struct model_parser *p, size_t at)
{
    return formula_fail(p->error, at, "name those that you need", "more than %d terms",
                        DESIGN_MAX_TERMS);
}

/* ---- the smallest terms ---- */

static bool add_one(struct model_parser *p, struct terms *out, const struct variable *v)
{
    uint32_t number = model_add_variable(p, v);
    return terms_add(out, (struct term_set){1, &number}) || too_many(p, v->at);
}

/* Every column that the left side does not use. */
static bool all_columns(struct model_parser *p, struct terms *out)
{
    size_t at = p->look.at;
    for (size_t i = 0; i < p->data->n_columns; i++) {
        const char *name = p->data->column[i].name;
        if (p->formula->column[model_column(p, name)].left)
            continue;
        struct variable v = model_plain_variable(p, name, at);
        if (!add_one(p, out, &v))
            return false;
    }
    return model_advance(p);
}

static bool bracket(struct model_parser *p, struct terms *out)
{
    size_t open = p->look.at;
    if (!model_deeper(p) || !model_advance(p) || !sum(p, out))
        return false;
    p->nesting--;
    p->label_length = 0;
    return model_close(p, open);
}

static bool primary(struct model_parser *p, struct terms *out)
{
    struct variable v;
    if (model_is_name(p, "."))
        return all_columns(p, out);
    if (p->look.kind == TOKEN_NAME)
        return model_variable(p, &v) && add_one(p, out, &v);
    if (model_is_sign(p, '('))
        return bracket(p, out);
    return model_expected(p, "a column, a function or '('",
                          p->look.kind == TOKEN_NUMBER
                              ? "only 0 and 1 stand alone, for the intercept; numbers go into I()"
                              : NULL);
}

/* ---- operators ---- */

/* primary [ ^ number ]: all products of so many of its terms */
static bool power(struct model_parser *p, struct terms *out)
{
    struct terms *base = terms_new(p->scratch);
    size_t from = p->look.at;
    if (!primary(p, base))
        return false;
    if (!model_is_sign(p, '^'))
        return terms_add_all(out, base) || too_many(p, from);
    size_t at = p->look.at;
    if (terms_count(base) == 1 && terms_at(base, 0).n == 1)
        return formula_fail(p->error, at, "for a power of numbers, write I(x^2)",
                            "a term times itself is the term");
    if (!model_advance(p))
        return false;
    double k = p->look.kind == TOKEN_NUMBER ? p->look.number : 0;
    if (!(k >= 1) || k != floor(k))
        return model_expected(p, "a whole number of factors", NULL);
    struct terms *now = base;
    for (bool grows = true; k > 1 && grows; k--) {
        struct terms *more = terms_new(p->scratch);
        if (!terms_add_products(more, now, base))
            return too_many(p, at);
        grows = terms_count(more) > terms_count(now);
        now = more;
    }
    return (terms_add_all(out, now) || too_many(p, at)) && model_advance(p);
}

/* Both sides of an operator are there, or it would take the other one away unseen. */
static bool both_there(struct model_parser *p, size_t at, const struct terms *left,
                       const struct terms *right)
{
    if (terms_count(left) && terms_count(right))
        return true;
    return formula_fail(p->error, at, NULL, "an interaction with nothing");
}

/* next { sign next }, each pair joined by `join`. */
static bool chain(struct model_parser *p, struct terms *out, reads *next, const char *signs,
                  bool (*join)(char sign, struct terms *out, const struct terms *left,
                               const struct terms *right, struct arena *scratch))
{
    struct terms *left = terms_new(p->scratch);
    size_t from = p->look.at;
    if (!next(p, left))
        return false;
    while (p->look.kind == TOKEN_SIGN && strchr(signs, p->look.sign)) {
        struct terms *right = terms_new(p->scratch), *result = terms_new(p->scratch);
        size_t at = p->look.at;
        char sign = p->look.sign;
        if (!model_advance(p) || !next(p, right) || !both_there(p, at, left, right))
            return false;
        if (!join(sign, result, left, right, p->scratch))
            return too_many(p, at);
        left = result;
    }
    return terms_add_all(out, left) || too_many(p, from);
}

static bool join_inter(char sign, struct terms *out, const struct terms *left,
                       const struct terms *right, struct arena *scratch)
{
    (void)sign, (void)scratch;
    return terms_add_products(out, left, right);
}

/* The terms of the left, each within all of the right. */
static bool join_within(char sign, struct terms *out, const struct terms *left,
                        const struct terms *right, struct arena *scratch)
{
    (void)sign;
    struct terms *all = terms_new(scratch);
    return terms_add(all, terms_union(right, scratch)) && terms_add_products(out, left, all);
}

/* a*b is a + b + a:b; a/b is a, and b within all of a. */
static bool join_product(char sign, struct terms *out, const struct terms *left,
                         const struct terms *right, struct arena *scratch)
{
    struct terms *all = terms_new(scratch);
    if (sign == '*')
        return terms_add_all(out, left) && terms_add_all(out, right) &&
               terms_add_products(out, left, right);
    return terms_add_all(out, left) && terms_add(all, terms_union(left, scratch)) &&
           terms_add_products(out, all, right);
}

static bool inter(struct model_parser *p, struct terms *out)
{
    return chain(p, out, power, ":", join_inter);
}

static bool within(struct model_parser *p, struct terms *out)
{
    return chain(p, out, inter, (const char[]){SIGN_IN, 0}, join_within);
}

static bool product(struct model_parser *p, struct terms *out)
{
    return chain(p, out, within, "*/", join_product);
}

/* 0, 1 or a product, put into *out or taken away from it */
static bool operand(struct model_parser *p, struct terms **out)
{
    if (p->look.kind == TOKEN_NUMBER && (p->look.number == 0 || p->look.number == 1)) {
        p->formula->intercept = (p->look.number == 1) != p->removing;
        return model_advance(p);
    }
    struct terms *more = terms_new(p->scratch);
    size_t at = p->look.at;
    return product(p, more) && (terms_add_all(*out, more) || too_many(p, at));
}

static bool sum(struct model_parser *p, struct terms *out)
{
    struct terms *now = terms_new(p->scratch);
    bool minus = model_is_sign(p, '-'), removing = p->removing;
    size_t from = p->look.at;
    if ((minus || model_is_sign(p, '+')) && !model_advance(p))
        return false;
    for (;;) {
        struct terms *less = terms_new(p->scratch);
        p->removing = minus != removing;
        if (!operand(p, minus ? &less : &now))
            return false;
        p->removing = removing;
        if (minus)
            now = terms_without(now, less, p->scratch);
        minus = model_is_sign(p, '-');
        if (!minus && !model_is_sign(p, '+'))
            break;
        if (!model_advance(p))
            return false;
    }
    return terms_add_all(out, now) || too_many(p, from);
}

/* ---- the formula ---- */

/* Is the next word, a name, the whole left side, or a call that makes a factor? */
static bool whole_variable(const struct model_parser *p)
{
    struct formula_error none;
    struct lexer ahead = p->lexer;
    struct token next;
    ahead.error = &none;
    if (p->look.kind != TOKEN_NAME || !word_next(&ahead, &next) || next.kind != TOKEN_SIGN)
        return false;
    return next.sign == '~' || (next.sign == '(' && model_is_call(p->look.name));
}

static bool response(struct model_parser *p)
{
    struct variable *v = &p->formula->response;
    struct token t = p->look;
    p->formula->has_response = true;
    if (whole_variable(p)) {
        if (!model_variable(p, v))
            return false;
        if (v->kind == VARIABLE_BASIS || v->kind == VARIABLE_OFFSET)
            return formula_fail(p->error, t.at, NULL, "%s() is no response", t.name);
        return true;
    }
    p->label_length = 0;
    *v = (struct variable){.at = t.at, .column = NO_COLUMN};
    if (!model_expression(p))
        return false;
    v->label = arena_strdup(p->keep, p->label);
    v->tape = model_take_tape(p);
    return true;
}

/* Why the formula ended where it did. */
static bool unexpected(struct model_parser *p)
{
    if (model_is_sign(p, ')'))
        return formula_fail(p->error, p->look.at, "there is no '(' for it", "unexpected ')'");
    if (p->left)
        return model_expected(p, "'~'", "a formula reads response ~ terms");
    if (model_is_sign(p, '~'))
        return formula_fail(p->error, p->look.at, NULL, "a second '~'");
    if (p->look.kind == TOKEN_SIGN && strchr("<>lgen", p->look.sign))
        return model_expected(p, "'+' or another operator", "comparisons go into I(), I(x > 2)");
    return model_expected(p, "'+' or another operator", NULL);
}

/* Every word names at most one column and makes at most one variable; a dot names all columns. */
static struct model_formula *new_formula(struct model_parser *p)
{
    struct model_formula *f = ARENA_NEW(p->keep, struct model_formula, 1);
    size_t n = strlen(p->lexer.text) + p->data->n_columns + 1;
    f->intercept = true;
    f->column = ARENA_NEW(p->keep, struct named_column, n);
    f->variable = ARENA_NEW(p->keep, struct variable, n);
    return f;
}

/* Terms, to the end of the text or a bar. */
static bool right_side(struct model_parser *p)
{
    struct terms *terms = terms_new(p->scratch);
    return model_advance(p) && sum(p, terms) && model_finish(p, terms);
}

/* The part behind the bar, for which the columns of the left side are left, too. */
static bool second_part(struct model_parser *p)
{
    struct model_formula *first = p->formula, *second = new_formula(p);
    p->formula = second;
    for (size_t i = 0; i < first->n_columns; i++)
        if (first->column[i].left)
            second->column[model_column(p, first->column[i].name)].left = true;
    bool good = right_side(p);
    p->formula = first;
    first->second = second;
    return good;
}

static bool whole(struct model_parser *p)
{
    p->left = true;
    if (!model_advance(p) || (!model_is_sign(p, '~') && !response(p)))
        return false;
    if (!model_is_sign(p, '~'))
        return unexpected(p);
    for (size_t i = 0; i < p->formula->n_columns; i++)
        p->formula->column[i].left = true;
    p->left = false;
    if (!right_side(p) || (model_is_sign(p, '|') && !second_part(p)))
        return false;
    if (p->look.kind != TOKEN_END)
        return unexpected(p);
    model_list_columns(p);
    return true;
}

bool model_formula_parse(const char *text, const struct model_data *data,
                         const struct model_formula **formula, struct formula_error *error,
                         struct arena *keep)
{
    size_t length = strlen(text);
    *error = (struct formula_error){.position = FORMULA_NOWHERE};
    if (length > FORMULA_MAX_LENGTH)
        return formula_fail(error, FORMULA_NOWHERE, NULL, "longer than %d bytes",
                            FORMULA_MAX_LENGTH);
    struct arena *scratch = arena_new();
    struct model_parser p = {.lexer = {arena_strdup(keep, text), 0, error, keep},
                             .data = data,
                             .error = error,
                             .keep = keep,
                             .scratch = scratch};
    /* a word is at most three times as long in a label, some short numbers aside */
    p.label = ARENA_NEW(scratch, char, 4 * length + 64);
    p.at = ARENA_NEW(scratch, struct instruction, 2 * length + 8);
    p.formula = new_formula(&p);
    bool good = whole(&p);
    *formula = p.formula;
    arena_free(scratch);
    return good;
}
