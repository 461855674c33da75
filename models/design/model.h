/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_DESIGN_MODEL_H
#define MODELS_DESIGN_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/design/basis.h"
#include "models/formula/tape.h"

/* What a parsed model formula is, for the parser that makes it and the design that reads it. */

#define NO_COLUMN SIZE_MAX

enum variable_kind { VARIABLE_NUMBER, VARIABLE_FACTOR, VARIABLE_BASIS, VARIABLE_OFFSET };

/* A column or a call, the smallest part of a term. */
struct variable {
    enum variable_kind kind;
    const char *label; /* as R writes it: "log(z)" */
    size_t at;         /* place in the text */
    bool used;         /* in some term, or an offset */
    size_t column;     /* of a factor that is a column as it stands; NO_COLUMN: the tape's value */
    size_t reference;  /* of such a column, the declared level that comes first */
    bool logical;      /* the tape's value is 0 or 1, for FALSE and TRUE */
    struct tape tape;  /* its variables are model_formula.column */
    const struct basis *basis;
    double argument[BASIS_MAX_ARGUMENTS];
};

struct model_term {
    const char *label;
    size_t n;
    const uint32_t *variable; /* [n] ascending */
    const bool *full;         /* [n] a factor with a column for every level, the first included */
};

/* A column that the formula names. */
struct named_column {
    const char *name;
    bool factor;
    bool as_number;   /* some tape reads the codes of this factor */
    bool left, right; /* of which side it is used */
};

struct model_formula {
    size_t n_columns;
    struct named_column *column; /* [n_columns] in order of appearance, also those not used */
    bool has_response;
    struct variable response;
    size_t n_variables;
    struct variable *variable; /* [n_variables] of the right side, in order of appearance */
    size_t n_terms;
    struct model_term *term; /* [n_terms] by degree, then in order of appearance */
    bool intercept, has_offset;
    const struct model_formula *second; /* behind '|', without a response; NULL: none */
    size_t n_used;                      /* names of the used columns, and labels of the terms */
    const char **used, **term_label;
};

#endif
