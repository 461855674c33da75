/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_FORMULA_LEXER_H
#define MODELS_FORMULA_LEXER_H

#include <stdbool.h>
#include <stddef.h>

#include "models/base/arena.h"
#include "models/formula/formula.h"

/* Words of a formula. */
enum token_kind { TOKEN_END, TOKEN_NUMBER, TOKEN_NAME, TOKEN_SIGN, TOKEN_TEXT };

struct token {
    enum token_kind kind;
    size_t at, length; /* bytes of the text */
    char sign;         /* one of + - * / ^ ( ) , ~ =  (** is told as ^) */
    double number;     /* finite */
    const char *name;  /* without backquotes; of a text (models/design) without quotes */
};

struct lexer {
    const char *text;
    size_t at;
    struct formula_error *error;
    struct arena *keep;
};

/* The next word; false with *error where the text holds something else. */
bool lexer_next(struct lexer *lexer, struct token *token);

/* Fills *error and returns false. */
bool formula_fail(struct formula_error *error, size_t position, const char *mend, const char *fmt,
                  ...) __attribute__((format(printf, 4, 5)));

/* May it stand in a formula without backquotes? */
bool name_is_plain(const char *name);

/* A name short enough for a message. */
const char *name_shown(const char *name, struct arena *keep);

#endif
