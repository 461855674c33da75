/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_DESIGN_PARSER_H
#define MODELS_DESIGN_PARSER_H

#include <stdbool.h>
#include <stddef.h>

#include "models/design/design.h"
#include "models/design/model.h"
#include "models/design/words.h"

/* The reader of model formulas: state and parts, recursive descent.  Functions that read give
   false with *error. */
struct model_parser {
    struct lexer lexer;
    struct token look; /* the next word, not yet taken */
    const struct model_data *data;
    struct model_formula *formula; /* its columns and variables so far */
    bool left;                     /* of the '~' */
    bool removing;                 /* behind a minus: terms are taken away */
    bool logical;                  /* is the expression just read TRUE or FALSE? */
    size_t nesting;

    char *label; /* the variable being read, as R writes it */
    size_t label_length;

    struct instruction *at; /* the tape being written */
    size_t n, top, depth;

    struct formula_error *error;
    struct arena *keep, *scratch;
};

/* ---- words: expression.c ---- */

bool model_advance(struct model_parser *p);
bool model_is_sign(const struct model_parser *p, char sign);
bool model_is_name(const struct model_parser *p, const char *name);
bool model_deeper(struct model_parser *p);

/* Takes the next word into the label of the variable, as `as`, or as it is (NULL). */
bool model_take(struct model_parser *p, const char *as);

/* "expected WHAT, not ..." at the next word. */
bool model_expected(struct model_parser *p, const char *what, const char *mend);

/* Takes the ')' of the '(' at `open`. */
bool model_close(struct model_parser *p, size_t open);

/* ---- expressions of columns: expression.c ---- */

/* Reads a whole expression onto the tape.

     either     = both { "|" both }
     both       = comparison { "&" comparison }
     comparison = sum [ ("<" | "<=" | ...) sum ] | factor ("==" | "!=") (text | number)
     sum        = product { ("+" | "-") product }         and so on, as in formula.h */
bool model_expression(struct model_parser *p);

/* The call of a function of formula.h whose name was just taken, to its ')'. */
bool model_function_call(struct model_parser *p, const struct token *name);

/* Takes the name of a level of a factor, between quotes or a number, and gives its code. */
bool model_level(struct model_parser *p, const struct model_column *c, size_t *code);

/* The tape written since the last call. */
struct tape model_take_tape(struct model_parser *p);

/* The index of a column in formula->column, which is told of it; NO_COLUMN if there is none of
   that name, in the data. */
size_t model_column(struct model_parser *p, const char *name);
const struct model_column *model_data_column(const struct model_parser *p, const char *name);
bool model_unknown_column(struct model_parser *p, const struct token *name);
bool model_unknown_function(struct model_parser *p, const struct token *name);

/* ---- variables: variable.c ---- */

/* A column or a call, from its name on. */
bool model_variable(struct model_parser *p, struct variable *v);

/* The number of a variable of the right side in formula->variable, new or known. */
uint32_t model_add_variable(struct model_parser *p, const struct variable *v);

/* The variable that is just a column of the data. */
struct variable model_plain_variable(struct model_parser *p, const char *name, size_t at);

/* The names of the calls that are no functions of formula.h, then those, [*n]. */
const char *const *model_call_names(size_t *n, struct arena *keep);
bool model_is_call(const char *name); /* of the former */

/* ---- terms: coding.c ---- */

struct terms;

/* Fills in the formula's terms from those read: order, labels, coding, columns. */
bool model_finish(struct model_parser *p, const struct terms *terms);

/* Lists the columns that the whole formula uses. */
void model_list_columns(struct model_parser *p);

#endif
