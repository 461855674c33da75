/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/formula/formula.h"

#include <string.h>

#include "models/formula/lexer.h"

struct list {
    size_t n;
    const char **param;
    double *value;
};

static bool is_sign(const struct token *t, char sign)
{
    return t->kind == TOKEN_SIGN && t->sign == sign;
}

static bool add(struct lexer *l, const struct token *name, struct list *list)
{
    for (size_t i = 0; i < list->n; i++)
        if (strcmp(list->param[i], name->name) == 0)
            return formula_fail(l->error, name->at, NULL, "'%s' has two starting values",
                                name_shown(name->name, l->keep));
    list->param[list->n] = name->name;
    return true;
}

/* name = [sign] number, and the word after it */
static bool one(struct lexer *l, struct token *t, struct list *list)
{
    const char *mend = "write them as b1=500,b2=1e-4";
    if (t->kind != TOKEN_NAME)
        return formula_fail(l->error, t->at, mend, "expected the name of a parameter");
    if (!add(l, t, list) || !lexer_next(l, t))
        return false;
    if (!is_sign(t, '='))
        return formula_fail(l->error, t->at, mend, "expected '='");
    if (!lexer_next(l, t))
        return false;
    bool minus = is_sign(t, '-');
    if ((minus || is_sign(t, '+')) && !lexer_next(l, t))
        return false;
    if (t->kind != TOKEN_NUMBER)
        return formula_fail(l->error, t->at, mend, "expected a number");
    list->value[list->n++] = minus ? -t->number : t->number;
    return lexer_next(l, t);
}

bool formula_start_parse(const char *text, struct formula_start *start, struct formula_error *error,
                         struct arena *keep)
{
    size_t length = strlen(text);
    struct lexer l = {text, 0, error, keep};
    struct token t;
    *error = (struct formula_error){.position = FORMULA_NOWHERE};
    if (length > FORMULA_MAX_LENGTH)
        return formula_fail(error, FORMULA_NOWHERE, NULL, "longer than %d bytes",
                            FORMULA_MAX_LENGTH);
    struct list list = {0, ARENA_NEW(keep, const char *, length + 1),
                        ARENA_NEW(keep, double, length + 1)};
    do {
        if (!lexer_next(&l, &t) || !one(&l, &t, &list))
            return false;
    } while (is_sign(&t, ','));
    if (t.kind != TOKEN_END)
        return formula_fail(error, t.at, NULL, "expected ',' between starting values");
    *start = (struct formula_start){list.n, list.param, list.value};
    return true;
}
