/* SPDX-License-Identifier: GPL-3.0-or-later
   The variables of model formulas: columns, functions of columns, factors, offsets and bases. */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "models/base/nearest.h"
#include "models/design/parser.h"
#include "models/formula/function.h"

/* Calls that are neither functions nor bases. */
static const struct {
    const char *name;
    enum variable_kind kind;
} calls[] = {
    {"C", VARIABLE_FACTOR},       {"factor", VARIABLE_FACTOR}, {"as.factor", VARIABLE_FACTOR},
    {"relevel", VARIABLE_FACTOR}, {"offset", VARIABLE_OFFSET},
};

enum { CALLS = sizeof calls / sizeof *calls };

static size_t find_call(const char *name)
{
    size_t i = 0;
    while (i < CALLS && strcmp(calls[i].name, name) != 0)
        i++;
    return i;
}

bool model_is_call(const char *name)
{
    return find_call(name) < CALLS || basis_find(name);
}

const char *const *model_call_names(size_t *n, struct arena *keep)
{
    const char **name = ARENA_NEW(keep, const char *, CALLS + n_bases + n_functions);
    *n = 0;
    for (size_t i = 0; i < CALLS; i++)
        name[(*n)++] = calls[i].name;
    for (size_t i = 0; i < n_bases; i++)
        name[(*n)++] = bases[i]->name;
    for (size_t i = 0; i < n_functions; i++)
        name[(*n)++] = function_names[i];
    return name;
}

/* ---- arguments of bases ---- */

/* The argument that begins at the next word: named, or the next in order. */
static bool which_argument(struct model_parser *p, const struct basis *basis, size_t *k)
{
    const char *name[BASIS_MAX_ARGUMENTS] = {NULL};
    size_t given = *k;
    for (size_t i = 0; i < basis->n_arguments; i++)
        name[i] = basis->argument[i].name;
    struct token t = p->look;
    bool truth = t.kind == TOKEN_NAME && strchr("TF", t.name[0]);
    if (t.kind != TOKEN_NAME || truth) {
        if (given < basis->n_arguments && !basis->argument[given].named)
            return true;
        return formula_fail(p->error, t.at,
                            given < basis->n_arguments
                                ? arena_printf(p->keep, "write %s = ...", name[given])
                                : NULL,
                            "an argument too many for %s()", basis->name);
    }
    for (*k = 0; *k < basis->n_arguments && strcmp(name[*k], t.name) != 0;)
        ++*k;
    if (*k == basis->n_arguments)
        return formula_fail(p->error, t.at,
                            nearest_mend(t.name, name, basis->n_arguments, "it takes ", 4, p->keep),
                            "%s() has no argument '%s'", basis->name, name_shown(t.name, p->keep));
    if (!model_take(p, NULL))
        return false;
    return model_is_sign(p, '=') ? model_take(p, " = ") : model_expected(p, "'='", NULL);
}

static bool bad_argument(struct model_parser *p, const struct basis *basis,
                         const struct basis_argument *a)
{
    if (a->logical)
        return formula_fail(p->error, p->look.at, NULL, "%s of %s() is TRUE or FALSE", a->name,
                            basis->name);
    return formula_fail(p->error, p->look.at, NULL, "%s of %s() is a whole number from %g to %g",
                        a->name, basis->name, a->least, a->most);
}

static bool argument_value(struct model_parser *p, const struct basis *basis, size_t k,
                           double *value)
{
    const struct basis_argument *a = &basis->argument[k];
    bool yes = model_is_name(p, "TRUE") || model_is_name(p, "T");
    bool no = model_is_name(p, "FALSE") || model_is_name(p, "F");
    double x = p->look.kind == TOKEN_NUMBER ? p->look.number : NAN;
    if (a->logical && (yes || no))
        *value = yes;
    else if (!a->logical && x >= a->least && x <= a->most && x == floor(x))
        *value = x;
    else
        return bad_argument(p, basis, a);
    return model_take(p, NULL);
}

/* { , [ name = ] value } */
static bool arguments(struct model_parser *p, const struct basis *basis, double value[])
{
    size_t in_order = 0;
    assert(basis->n_arguments <= BASIS_MAX_ARGUMENTS);
    for (size_t k = 0; k < basis->n_arguments; k++)
        value[k] = basis->argument[k].otherwise;
    while (model_is_sign(p, ',')) {
        size_t k = in_order;
        if (!model_take(p, ", ") || !which_argument(p, basis, &k) ||
            !argument_value(p, basis, k, &value[k]))
            return false;
        in_order++;
    }
    return true;
}

/* ---- variables ---- */

/* May the expression just read be an argument of `name`?  A truth value is for functions and
   factors only. */
static bool a_number(struct model_parser *p, const struct token *name)
{
    return !p->logical || formula_fail(p->error, name->at, NULL, "%s() is of a number", name->name);
}

/* A factor's name that ends what it stands in: the next word but one is `end`. */
static bool lone_factor(const struct model_parser *p, char end)
{
    const struct model_column *c;
    struct formula_error none;
    struct lexer ahead = p->lexer;
    struct token next;
    ahead.error = &none;
    if (p->look.kind != TOKEN_NAME || !word_next(&ahead, &next) || next.kind != TOKEN_SIGN ||
        next.sign != end)
        return false;
    c = model_data_column(p, p->look.name);
    return c && c->code;
}

/* C(expression) or C(factor) */
static bool factor_call(struct model_parser *p, struct variable *v)
{
    if (lone_factor(p, ')')) {
        v->column = model_column(p, p->look.name);
        return model_take(p, NULL);
    }
    if (!model_expression(p))
        return false;
    v->logical = p->logical;
    return true;
}

/* relevel(factor, ref = "level") */
static bool relevel_call(struct model_parser *p, struct variable *v)
{
    struct token t = p->look;
    const struct model_column *c = t.kind == TOKEN_NAME ? model_data_column(p, t.name) : NULL;
    if (!c || !c->code)
        return model_expected(p, "a factor", NULL);
    v->column = model_column(p, t.name);
    if (!model_take(p, NULL))
        return false;
    if (!model_is_sign(p, ','))
        return model_expected(p, "','", "write ref = \"...\"");
    if (!model_take(p, ", "))
        return false;
    if (model_is_name(p, "ref") && !model_take(p, NULL))
        return false;
    if (model_is_sign(p, '=') && !model_take(p, " = "))
        return false;
    return model_level(p, c, &v->reference);
}

/* What stands between the brackets of C(), offset() and the bases. */
static bool inside(struct model_parser *p, const struct token *name, struct variable *v)
{
    if (v->kind == VARIABLE_FACTOR)
        return strcmp(name->name, "relevel") == 0 ? relevel_call(p, v) : factor_call(p, v);
    if (!model_expression(p) || !a_number(p, name))
        return false;
    return v->kind != VARIABLE_BASIS || arguments(p, v->basis, v->argument);
}

static bool call(struct model_parser *p, const struct token *name, struct variable *v)
{
    size_t open = p->look.at, which = find_call(name->name);
    v->basis = basis_find(name->name);
    if (!model_is_call(name->name)) {
        if (!model_function_call(p, name))
            return false;
        v->kind = p->logical ? VARIABLE_FACTOR : VARIABLE_NUMBER;
        v->logical = p->logical;
        return true;
    }
    v->kind = v->basis ? VARIABLE_BASIS : calls[which].kind;
    return model_take(p, "(") && inside(p, name, v) && model_close(p, open);
}

struct variable model_plain_variable(struct model_parser *p, const char *name, size_t at)
{
    struct token t = {.kind = TOKEN_NAME, .name = name};
    struct variable v = {.at = at, .column = NO_COLUMN};
    size_t i = model_column(p, name);
    v.label = arena_strdup(p->keep, word_text(&t, p->keep));
    if (p->formula->column[i].factor) {
        v.kind = VARIABLE_FACTOR;
        v.column = i;
        return v;
    }
    struct instruction push = {.push = PUSH_VARIABLE, .of.index = i};
    v.tape = (struct tape){1, arena_copy(p->keep, &push, 1, sizeof push), 1};
    return v;
}

bool model_variable(struct model_parser *p, struct variable *v)
{
    struct token t = p->look;
    p->label_length = 0;
    *v = (struct variable){.at = t.at, .column = NO_COLUMN};
    if (!model_take(p, NULL))
        return false;
    if (!model_is_sign(p, '(')) {
        if (model_column(p, t.name) == NO_COLUMN)
            return model_unknown_column(p, &t);
        *v = model_plain_variable(p, t.name, t.at);
        return true;
    }
    if (!call(p, &t, v))
        return false;
    v->label = arena_strdup(p->keep, p->label);
    if (v->column == NO_COLUMN)
        v->tape = model_take_tape(p);
    return true;
}

uint32_t model_add_variable(struct model_parser *p, const struct variable *v)
{
    struct model_formula *f = p->formula;
    uint32_t i = 0;
    while (i < f->n_variables && strcmp(f->variable[i].label, v->label) != 0)
        i++;
    if (i == f->n_variables)
        f->variable[f->n_variables++] = *v;
    return i;
}
