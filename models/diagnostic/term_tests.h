/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_DIAGNOSTIC_TERM_TESTS_H
#define MODELS_DIAGNOSTIC_TERM_TESTS_H

#include "models/diagnostic/tested.h"

/* Does a term add to a model that has all the others? */
struct term_test {
    const char *term;      /* as the formula's terms are labelled */
    const char *component; /* of the equation that it is dropped from, as fit->component; NULL:
                              there is one, or it is dropped from both */
    struct tested tested;
};

struct term_tests {
    size_t n;
    struct term_test *test; /* [n] */
};

/* Each term that is not part of another, as x is of x:g, is dropped in turn, as R's drop1: its
   columns are taken out of the design.  `formula` is what the designs of the fit were made of,
   `options` are those of the fit. */
void term_tests(const struct outcome_fit *fit, const struct model_formula *formula,
                const struct outcome_options *options, struct term_tests *tests,
                struct arena *keep);

#endif
