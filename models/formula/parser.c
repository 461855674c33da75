/* SPDX-License-Identifier: GPL-3.0-or-later
   Recursive descent, one function for each level of precedence. */
#include "models/formula/formula.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "models/base/nearest.h"
#include "models/formula/function.h"
#include "models/formula/lexer.h"

struct parser {
    struct lexer lexer;
    struct token look; /* the next word, not yet taken */
    const struct formula_names *names;
    bool left; /* of the '~' */
    size_t nesting;
    bool *used; /* [n_params] */
    size_t n_variables;
    const char **variable; /* [as many as words] */

    /* the tape being written, and for each value on its stack: is it active? */
    struct instruction *at;
    bool *active;
    size_t n, top, depth;

    struct formula_error *error;
    struct arena *keep, *scratch;
};

/* ---- writing the tape ---- */

static void emit(struct parser *p, struct instruction in)
{
    size_t taken = in.push == PUSH_CALL ? in.of.function->n_arguments : 0;
    assert(p->top >= taken);
    in.active = in.push == PUSH_PARAMETER;
    for (size_t k = 1; k <= taken; k++)
        in.active = in.active || p->active[p->top - k];
    p->top -= taken;
    p->active[p->top++] = in.active;
    p->at[p->n++] = in;
    if (p->top > p->depth)
        p->depth = p->top;
}

static void emit_call(struct parser *p, const struct function *function)
{
    emit(p, (struct instruction){.push = PUSH_CALL, .of.function = function});
}

/* What was written since the last call. */
static struct tape take_tape(struct parser *p)
{
    assert(p->top == 1);
    struct tape t = {p->n, arena_copy(p->keep, p->at, p->n, sizeof *p->at), p->depth};
    p->n = p->top = p->depth = 0;
    return t;
}

/* ---- words ---- */

static bool advance(struct parser *p)
{
    return lexer_next(&p->lexer, &p->look);
}

static bool is_sign(const struct parser *p, char sign)
{
    return p->look.kind == TOKEN_SIGN && p->look.sign == sign;
}

static bool deeper(struct parser *p)
{
    if (++p->nesting <= FORMULA_MAX_NESTING)
        return true;
    return formula_fail(p->error, p->look.at, "split it up", "nested more than %d deep",
                        FORMULA_MAX_NESTING);
}

/* "expected WHAT" at the next word, which is told. */
static bool expected(struct parser *p, const char *what, const char *mend)
{
    const struct token *t = &p->look;
    if (t->kind == TOKEN_END)
        return formula_fail(p->error, t->at, mend, "expected %s", what);
    if (t->kind == TOKEN_NAME)
        return formula_fail(p->error, t->at, mend, "expected %s, not '%s'", what,
                            name_shown(t->name, p->keep));
    return formula_fail(p->error, t->at, mend, "expected %s, not '%.*s'", what,
                        t->length < 30 ? (int)t->length : 30, p->lexer.text + t->at);
}

/* ---- names ---- */

static size_t find(const char *const names[], size_t n, const char *name)
{
    size_t i = 0;
    while (i < n && strcmp(names[i], name) != 0)
        i++;
    return i;
}

static bool is_column(const struct formula_names *names, const char *name)
{
    return names->column && find(names->column, names->n_columns, name) < names->n_columns;
}

static const char *did_you_mean(struct parser *p, const char *name)
{
    const struct formula_names *names = p->names;
    const char *near = p->left ? NULL : nearest(name, names->param, names->n_params);
    if (!near && names->column)
        near = nearest(name, names->column, names->n_columns);
    if (near)
        return arena_printf(p->keep,
                            name_is_plain(near) ? "did you mean '%s'?" : "did you mean `%s`?",
                            name_shown(near, p->keep));
    if (function_find(name))
        return arena_printf(p->keep, "the function is written %s(...)", name);
    return p->left ? "the left side is of columns only"
                   : "give a parameter a starting value, or see the columns of the table";
}

static bool variable(struct parser *p, const char *name)
{
    size_t i = find(p->variable, p->n_variables, name);
    if (i == p->n_variables)
        p->variable[p->n_variables++] = name;
    emit(p, (struct instruction){.push = PUSH_VARIABLE, .of.index = i});
    return true;
}

static bool name(struct parser *p, const struct token *t)
{
    size_t param = find(p->names->param, p->names->n_params, t->name);
    bool is_param = param < p->names->n_params, column = is_column(p->names, t->name);
    const char *shown = name_shown(t->name, p->keep);
    if (is_param && column)
        return formula_fail(p->error, t->at, "give the parameter another name",
                            "'%s' is a parameter and also a column", shown);
    if (is_param && p->left)
        return formula_fail(p->error, t->at, "the left side is of columns only",
                            "the parameter '%s' left of '~'", shown);
    if (is_param) {
        p->used[param] = true;
        emit(p, (struct instruction){.push = PUSH_PARAMETER, .of.index = param});
        return true;
    }
    if (!column && strcmp(t->name, "pi") == 0) {
        emit(p, (struct instruction){.push = PUSH_NUMBER, .of.number = M_PI});
        return true;
    }
    if (column || !p->names->column)
        return variable(p, t->name);
    return formula_fail(
        p->error, t->at, did_you_mean(p, t->name),
        p->left ? "'%s' is not a column" : "'%s' is neither a parameter nor a column", shown);
}

/* ---- expressions ---- */

static bool sum(struct parser *p);

static bool close_bracket(struct parser *p, size_t open)
{
    if (!is_sign(p, ')'))
        return expected(p,
                        p->look.kind == TOKEN_END || is_sign(p, '~') ? "')'" : "an operator or ')'",
                        p->look.kind == TOKEN_END
                            ? arena_printf(p->keep, "it closes the '(' at character %zu", open + 1)
                            : NULL);
    return advance(p);
}

static bool unknown_function(struct parser *p, const struct token *t)
{
    const char *near = nearest(t->name, function_names, n_functions);
    const char *mend = near ? arena_printf(p->keep, "did you mean '%s'?", near) : NULL;
    const char *shown = name_shown(t->name, p->keep);
    if (find(p->names->param, p->names->n_params, t->name) < p->names->n_params ||
        is_column(p->names, t->name))
        mend = arena_printf(p->keep, "to multiply, write %s*(...)", shown);
    return formula_fail(p->error, t->at, mend, "unknown function '%s'", shown);
}

static bool call(struct parser *p, const struct token *t)
{
    const struct function *function = function_find(t->name);
    size_t open = p->look.at, n = 0;
    if (!function)
        return unknown_function(p, t);
    do {
        if (!advance(p) || !sum(p))
            return false;
        if (++n > function->n_arguments)
            break;
    } while (is_sign(p, ','));
    if (n != function->n_arguments)
        return formula_fail(p->error, t->at, NULL, "%s() takes %zu argument%s", function->name,
                            function->n_arguments, function->n_arguments == 1 ? "" : "s");
    emit_call(p, function);
    return close_bracket(p, open);
}

/* number | name | function ( sum , ... ) | ( sum ) */
static bool primary(struct parser *p)
{
    struct token t = p->look;
    if (t.kind == TOKEN_NUMBER) {
        emit(p, (struct instruction){.push = PUSH_NUMBER, .of.number = t.number});
        return advance(p);
    }
    if (t.kind == TOKEN_NAME)
        return advance(p) && (is_sign(p, '(') ? call(p, &t) : name(p, &t));
    if (is_sign(p, '('))
        return advance(p) && sum(p) && close_bracket(p, t.at);
    return expected(p, "a number, a name or '('", NULL);
}

static bool signed_term(struct parser *p);

/* primary [ ^ signed ], so that ^ is right-associative and 2^-x is allowed */
static bool power(struct parser *p)
{
    if (!primary(p))
        return false;
    if (!is_sign(p, '^'))
        return true;
    if (!advance(p) || !signed_term(p))
        return false;
    emit_call(p, &function_power);
    return true;
}

/* { - | + } power */
static bool signed_term(struct parser *p)
{
    bool minus = is_sign(p, '-'), good;
    if (!deeper(p))
        return false;
    if (minus || is_sign(p, '+'))
        good = advance(p) && signed_term(p);
    else
        good = power(p);
    p->nesting--;
    if (good && minus)
        emit_call(p, &function_negate);
    return good;
}

/* signed { * | / signed } */
static bool product(struct parser *p)
{
    if (!signed_term(p))
        return false;
    while (is_sign(p, '*') || is_sign(p, '/')) {
        const struct function *f = is_sign(p, '*') ? &function_multiply : &function_divide;
        if (!advance(p) || !signed_term(p))
            return false;
        emit_call(p, f);
    }
    return true;
}

/* product { + | - product } */
static bool sum(struct parser *p)
{
    if (!product(p))
        return false;
    while (is_sign(p, '+') || is_sign(p, '-')) {
        const struct function *f = is_sign(p, '+') ? &function_add : &function_subtract;
        if (!advance(p) || !product(p))
            return false;
        emit_call(p, f);
    }
    return true;
}

/* ---- the formula ---- */

/* Why the expression ended where it did. */
static bool unexpected(struct parser *p)
{
    if (is_sign(p, ')'))
        return formula_fail(p->error, p->look.at, "there is no '(' for it", "unexpected ')'");
    if (p->left)
        return expected(p, "'~'", "a formula reads response ~ expression");
    if (is_sign(p, '~'))
        return formula_fail(p->error, p->look.at, NULL, "a second '~'");
    bool product_meant =
        p->look.kind == TOKEN_NAME || p->look.kind == TOKEN_NUMBER || is_sign(p, '(');
    return expected(p, "an operator", product_meant ? "to multiply, write *" : NULL);
}

static const char *trimmed(const char *text, size_t length, struct arena *keep)
{
    while (length > 0 && strchr(" \t\r\n", *text))
        text++, length--;
    while (length > 0 && strchr(" \t\r\n", text[length - 1]))
        length--;
    return arena_strndup(keep, text, length);
}

static bool both_sides(struct parser *p, struct formula *f)
{
    p->left = true;
    if (!advance(p) || !sum(p))
        return false;
    if (!is_sign(p, '~'))
        return unexpected(p);
    f->response = trimmed(p->lexer.text, p->look.at, p->keep);
    f->left = take_tape(p);
    p->left = false;
    if (!advance(p) || !sum(p))
        return false;
    if (p->look.kind != TOKEN_END)
        return unexpected(p);
    f->right = take_tape(p);
    return true;
}

static bool all_used(const struct parser *p)
{
    if (p->names->n_params == 0)
        return formula_fail(p->error, FORMULA_NOWHERE, "name the parameters in the starting values",
                            "no parameter to estimate");
    for (size_t j = 0; j < p->names->n_params; j++)
        if (!p->used[j])
            return formula_fail(p->error, FORMULA_NOWHERE, "leave it out of the starting values",
                                "the parameter '%s' is not in the formula",
                                name_shown(p->names->param[j], p->keep));
    return true;
}

static const char *const *copy_names(const char *const names[], size_t n, struct arena *keep)
{
    const char **copy = ARENA_NEW(keep, const char *, n);
    for (size_t i = 0; i < n; i++)
        copy[i] = arena_strdup(keep, names[i]);
    return copy;
}

/* Every word gives at most one instruction, and so does every sign. */
static void make_room(struct parser *p, size_t words)
{
    p->used = ARENA_NEW(p->scratch, bool, p->names->n_params);
    p->variable = ARENA_NEW(p->scratch, const char *, words);
    p->at = ARENA_NEW(p->scratch, struct instruction, words);
    p->active = ARENA_NEW(p->scratch, bool, words);
}

bool formula_parse(const char *text, const struct formula_names *names, struct formula *formula,
                   struct formula_error *error, struct arena *keep)
{
    size_t length = strlen(text);
    *error = (struct formula_error){.position = FORMULA_NOWHERE};
    if (length > FORMULA_MAX_LENGTH)
        return formula_fail(error, FORMULA_NOWHERE, NULL, "longer than %d bytes",
                            FORMULA_MAX_LENGTH);
    struct arena *scratch = arena_new();
    struct parser p = {.lexer = {text, 0, error, keep},
                       .names = names,
                       .error = error,
                       .keep = keep,
                       .scratch = scratch};
    make_room(&p, length + 1);
    *formula = (struct formula){.text = arena_strdup(keep, text)};
    bool good = both_sides(&p, formula) && all_used(&p);
    formula->n_params = names->n_params;
    formula->param = copy_names(names->param, names->n_params, keep);
    formula->n_variables = p.n_variables;
    formula->variable = copy_names(p.variable, p.n_variables, keep);
    arena_free(scratch);
    return good;
}
