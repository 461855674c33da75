/* SPDX-License-Identifier: GPL-3.0-or-later
   Expressions of columns in model formulas, such as log(spend + 1) or tenure > 12. */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "models/base/nearest.h"
#include "models/design/parser.h"
#include "models/formula/function.h"

/* ---- comparisons: 1 for TRUE ---- */

/* X(name, sign, text in a label, value) */
#define COMPARISON_LIST(X)                     \
    X(less, '<', " < ", a < b)                 \
    X(at_most, SIGN_AT_MOST, " <= ", a <= b)   \
    X(more, '>', " > ", a > b)                 \
    X(at_least, SIGN_AT_LEAST, " >= ", a >= b) \
    X(equal, SIGN_EQUAL, " == ", a == b)       \
    X(unequal, SIGN_UNEQUAL, " != ", a != b)   \
    X(both, '&', " & ", a != 0 && b != 0)      \
    X(either, '|', " | ", a != 0 || b != 0)

#define X(word, sign, text, expression)            \
    static double word##_value(double a, double b) \
    {                                              \
        return expression;                         \
    }
COMPARISON_LIST(X)
#undef X

struct comparison {
    char sign;
    const char *text;
    struct function function; /* without a slope: nothing is differentiated by a column */
};

static const struct comparison comparisons[] = {
#define X(word, sign, text, expression) {sign, text, {#word, 2, text, word##_value, NULL}},
    COMPARISON_LIST(X)
#undef X
};

static const struct comparison *comparison_of(char sign)
{
    for (size_t i = 0; i < sizeof comparisons / sizeof *comparisons; i++)
        if (comparisons[i].sign == sign)
            return &comparisons[i];
    return NULL;
}

/* The comparison that the next word is; '&' and '|' are none. */
static const struct comparison *comparison(const struct model_parser *p)
{
    bool joins = model_is_sign(p, '&') || model_is_sign(p, '|');
    return p->look.kind == TOKEN_SIGN && !joins ? comparison_of(p->look.sign) : NULL;
}

/* ---- the tape ---- */

static void emit(struct model_parser *p, struct instruction in)
{
    size_t taken = in.push == PUSH_CALL ? in.of.function->n_arguments : 0;
    assert(p->top >= taken);
    p->top -= taken;
    p->top++;
    p->at[p->n++] = in;
    if (p->top > p->depth)
        p->depth = p->top;
}

static void emit_call(struct model_parser *p, const struct function *function)
{
    emit(p, (struct instruction){.push = PUSH_CALL, .of.function = function});
}

static void emit_number(struct model_parser *p, double x)
{
    emit(p, (struct instruction){.push = PUSH_NUMBER, .of.number = x});
}

struct tape model_take_tape(struct model_parser *p)
{
    assert(p->top == 1);
    struct tape t = {p->n, arena_copy(p->keep, p->at, p->n, sizeof *p->at), p->depth};
    p->n = p->top = p->depth = 0;
    return t;
}

/* ---- words ---- */

bool model_advance(struct model_parser *p)
{
    return word_next(&p->lexer, &p->look);
}

bool model_is_sign(const struct model_parser *p, char sign)
{
    return p->look.kind == TOKEN_SIGN && p->look.sign == sign;
}

bool model_is_name(const struct model_parser *p, const char *name)
{
    return p->look.kind == TOKEN_NAME && strcmp(p->look.name, name) == 0;
}

bool model_take(struct model_parser *p, const char *as)
{
    const char *text = as ? as : word_text(&p->look, p->scratch);
    size_t n = strlen(text);
    memcpy(p->label + p->label_length, text, n + 1);
    p->label_length += n;
    return model_advance(p);
}

bool model_deeper(struct model_parser *p)
{
    if (++p->nesting <= FORMULA_MAX_NESTING)
        return true;
    return formula_fail(p->error, p->look.at, "split it up", "nested more than %d deep",
                        FORMULA_MAX_NESTING);
}

bool model_expected(struct model_parser *p, const char *what, const char *mend)
{
    const struct token *t = &p->look;
    if (t->kind == TOKEN_END)
        return formula_fail(p->error, t->at, mend, "expected %s", what);
    if (t->kind == TOKEN_NAME || t->kind == TOKEN_TEXT)
        return formula_fail(p->error, t->at, mend, "expected %s, not '%s'", what,
                            name_shown(t->name, p->keep));
    return formula_fail(p->error, t->at, mend, "expected %s, not '%.*s'", what,
                        t->length < 30 ? (int)t->length : 30, p->lexer.text + t->at);
}

bool model_close(struct model_parser *p, size_t open)
{
    bool ends = p->look.kind == TOKEN_END || model_is_sign(p, '~');
    const char *mend = model_is_sign(p, '|') ? "random effects, (1 | g), are not known" : NULL;
    if (ends)
        mend = arena_printf(p->keep, "it closes the '(' at character %zu", open + 1);
    if (!model_is_sign(p, ')'))
        return model_expected(p, ends ? "')'" : "an operator or ')'", mend);
    return model_take(p, ")");
}

/* ---- columns ---- */

const struct model_column *model_data_column(const struct model_parser *p, const char *name)
{
    const struct model_data *data = p->data;
    for (size_t i = 0; i < data->n_columns; i++)
        if (strcmp(data->column[i].name, name) == 0)
            return &data->column[i];
    return NULL;
}

size_t model_column(struct model_parser *p, const char *name)
{
    struct model_formula *f = p->formula;
    const struct model_column *c = model_data_column(p, name);
    size_t i = 0;
    if (!c)
        return NO_COLUMN;
    while (i < f->n_columns && strcmp(f->column[i].name, name) != 0)
        i++;
    if (i == f->n_columns)
        f->column[f->n_columns++] =
            (struct named_column){.name = arena_strdup(p->keep, name), .factor = c->code != NULL};
    return i;
}

bool model_unknown_column(struct model_parser *p, const struct token *t)
{
    enum { TOLD = 12 };
    size_t n = p->data->n_columns, n_calls;
    const char **name = ARENA_NEW(p->scratch, const char *, n), *mend = NULL;
    for (size_t i = 0; i < n; i++)
        name[i] = p->data->column[i].name;
    const char *near = nearest(t->name, name, n);
    const char *const *call = model_call_names(&n_calls, p->scratch);
    if (near)
        mend =
            arena_printf(p->keep, name_is_plain(near) ? "did you mean '%s'?" : "did you mean `%s`?",
                         name_shown(near, p->keep));
    for (size_t i = 0; i < n_calls && !near; i++)
        if (strcmp(call[i], t->name) == 0)
            mend = arena_printf(p->keep, "the function is written %s(...)", t->name);
    if (!mend)
        mend = nearest_mend(t->name, name, n, "the columns are ", TOLD, p->keep);
    return formula_fail(p->error, t->at, mend, "'%s' is not a column",
                        name_shown(t->name, p->keep));
}

static bool factor_as_number(struct model_parser *p, const struct token *t)
{
    return formula_fail(p->error, t->at,
                        "compare it with a level, == \"...\", or let it stand alone",
                        "'%s' is a factor, not a number", name_shown(t->name, p->keep));
}

/* A name that was just taken. */
static bool name(struct model_parser *p, const struct token *t)
{
    size_t i = model_column(p, t->name);
    if (i == NO_COLUMN && strcmp(t->name, "pi") == 0) {
        emit_number(p, M_PI);
        return true;
    }
    if (i == NO_COLUMN)
        return model_unknown_column(p, t);
    if (p->formula->column[i].factor)
        return factor_as_number(p, t);
    emit(p, (struct instruction){.push = PUSH_VARIABLE, .of.index = i});
    return true;
}

/* ---- expressions ---- */

static bool sum(struct model_parser *p);

bool model_unknown_function(struct model_parser *p, const struct token *t)
{
    size_t n;
    const char *const *names = model_call_names(&n, p->scratch);
    const char *near = nearest(t->name, names, n), *shown = name_shown(t->name, p->keep);
    const char *mend = near ? arena_printf(p->keep, "did you mean '%s'?", near) : NULL;
    if (strcmp(t->name, "cbind") == 0)
        mend = "give the share as response and the trials as weights";
    if (model_data_column(p, t->name))
        mend = arena_printf(p->keep, "to multiply, write %s*(...)", shown);
    return formula_fail(p->error, t->at, mend, "unknown function '%s'", shown);
}

bool model_function_call(struct model_parser *p, const struct token *t)
{
    const struct function *function = function_find(t->name);
    size_t open = p->look.at, n = 0;
    if (model_is_call(t->name))
        return formula_fail(p->error, t->at, NULL, "%s() must be a term of its own", t->name);
    if (!function)
        return model_unknown_function(p, t);
    do {
        if (!model_take(p, n ? ", " : "(") || !model_expression(p))
            return false;
        if (++n > function->n_arguments)
            break;
    } while (model_is_sign(p, ','));
    if (n != function->n_arguments)
        return formula_fail(p->error, t->at, NULL, "%s() takes %zu argument%s", function->name,
                            function->n_arguments, function->n_arguments == 1 ? "" : "s");
    emit_call(p, function);
    p->logical = p->logical && strcmp(t->name, "I") == 0;
    return model_close(p, open);
}

static bool primary(struct model_parser *p)
{
    struct token t = p->look;
    p->logical = false;
    if (t.kind == TOKEN_NUMBER) {
        emit_number(p, t.number);
        return model_take(p, NULL);
    }
    if (t.kind == TOKEN_NAME)
        return model_take(p, NULL) &&
               (model_is_sign(p, '(') ? model_function_call(p, &t) : name(p, &t));
    if (model_is_sign(p, '('))
        return model_take(p, "(") && model_expression(p) && model_close(p, t.at);
    return model_expected(p, "a number, a name or '('",
                          t.kind == TOKEN_TEXT ? "only a factor is compared with a text" : NULL);
}

static bool signed_term(struct model_parser *p);

/* primary [ ^ signed ] */
static bool power(struct model_parser *p)
{
    if (!primary(p))
        return false;
    if (!model_is_sign(p, '^'))
        return true;
    if (!model_take(p, "^") || !signed_term(p))
        return false;
    emit_call(p, &function_power);
    p->logical = false;
    return true;
}

/* { - | + } power */
static bool signed_term(struct model_parser *p)
{
    bool minus = model_is_sign(p, '-'), good;
    if (!model_deeper(p))
        return false;
    if (minus || model_is_sign(p, '+')) {
        good = model_take(p, minus ? "-" : "+") && signed_term(p);
        p->logical = false;
    } else {
        good = power(p);
    }
    p->nesting--;
    if (good && minus)
        emit_call(p, &function_negate);
    return good;
}

/* signed { * | / signed } */
static bool product(struct model_parser *p)
{
    if (!signed_term(p))
        return false;
    while (model_is_sign(p, '*') || model_is_sign(p, '/')) {
        bool times = model_is_sign(p, '*');
        if (!model_take(p, times ? " * " : "/") || !signed_term(p))
            return false;
        emit_call(p, times ? &function_multiply : &function_divide);
        p->logical = false;
    }
    return true;
}

/* product { + | - product } */
static bool sum(struct model_parser *p)
{
    if (!product(p))
        return false;
    while (model_is_sign(p, '+') || model_is_sign(p, '-')) {
        bool plus = model_is_sign(p, '+');
        if (!model_take(p, plus ? " + " : " - ") || !product(p))
            return false;
        emit_call(p, plus ? &function_add : &function_subtract);
        p->logical = false;
    }
    return true;
}

/* ---- comparisons ---- */

static bool unknown_level(struct model_parser *p, const struct model_column *c)
{
    const char *level = arena_strndup(p->keep, p->lexer.text + p->look.at, p->look.length);
    if (p->look.kind == TOKEN_TEXT)
        level = p->look.name;
    return formula_fail(p->error, p->look.at,
                        nearest_mend(level, c->level, c->n_levels, "its levels are ", 6, p->keep),
                        "'%s' has no level '%s'", name_shown(c->name, p->scratch),
                        name_shown(level, p->keep));
}

/* Numbers stand for levels of that name. */
bool model_level(struct model_parser *p, const struct model_column *c, size_t *code)
{
    if (p->look.kind != TOKEN_TEXT && p->look.kind != TOKEN_NUMBER)
        return model_expected(p, "a level between quotes", NULL);
    const char *level = p->look.kind == TOKEN_TEXT ? p->look.name : word_text(&p->look, p->scratch);
    *code = 0;
    while (*code < c->n_levels && strcmp(c->level[*code], level) != 0)
        ++*code;
    return *code < c->n_levels ? model_take(p, NULL) : unknown_level(p, c);
}

/* factor == "level", of the codes */
static bool factor_test(struct model_parser *p)
{
    struct token t = p->look;
    const struct model_column *c = model_data_column(p, t.name);
    if (!model_take(p, NULL))
        return false;
    const struct comparison *test = comparison(p);
    size_t code, i = model_column(p, t.name);
    if (!test || (test->sign != SIGN_EQUAL && test->sign != SIGN_UNEQUAL))
        return factor_as_number(p, &t);
    if (!model_take(p, test->text) || !model_level(p, c, &code))
        return false;
    p->formula->column[i].as_number = true;
    emit(p, (struct instruction){.push = PUSH_VARIABLE, .of.index = i});
    emit_number(p, (double)code);
    emit_call(p, &test->function);
    p->logical = true;
    return true;
}

static bool is_factor_column(const struct model_parser *p)
{
    const struct model_column *c =
        p->look.kind == TOKEN_NAME ? model_data_column(p, p->look.name) : NULL;
    return c && c->code;
}

/* factor test | sum [ compared with sum ] */
static bool comparison_term(struct model_parser *p)
{
    if (is_factor_column(p))
        return factor_test(p);
    if (!sum(p))
        return false;
    const struct comparison *test = comparison(p);
    if (!test)
        return true;
    if (!model_take(p, test->text) || !sum(p))
        return false;
    emit_call(p, &test->function);
    p->logical = true;
    return comparison(p) ? formula_fail(p->error, p->look.at, "join two comparisons by &",
                                        "a second comparison")
                         : true;
}

/* comparison { & comparison } */
static bool both(struct model_parser *p)
{
    if (!comparison_term(p))
        return false;
    while (model_is_sign(p, '&')) {
        if (!model_take(p, " & ") || !comparison_term(p))
            return false;
        emit_call(p, &comparison_of('&')->function);
        p->logical = true;
    }
    return true;
}

bool model_expression(struct model_parser *p)
{
    if (!both(p))
        return false;
    while (model_is_sign(p, '|')) {
        if (!model_take(p, " | ") || !both(p))
            return false;
        emit_call(p, &comparison_of('|')->function);
        p->logical = true;
    }
    return true;
}
