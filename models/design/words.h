/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_DESIGN_WORDS_H
#define MODELS_DESIGN_WORDS_H

#include <stdbool.h>

#include "models/formula/lexer.h"

/* Words of model formulas: those of lexer.h, texts between quotes, and more signs, of which
   those of two characters and more have these letters in token.sign. */
enum {
    SIGN_AT_MOST = 'l',  /* <= */
    SIGN_AT_LEAST = 'g', /* >= */
    SIGN_EQUAL = 'e',    /* == */
    SIGN_UNEQUAL = 'n',  /* != */
    SIGN_IN = 'i'        /* %in% */
};

bool word_next(struct lexer *lexer, struct token *token);

/* A word as R's deparse() writes it: names in backquotes where they need them, numbers to 15
   digits, 1e+05 for 100000. */
const char *word_text(const struct token *token, struct arena *keep);
const char *word_of_number(double x, struct arena *keep);

#endif
