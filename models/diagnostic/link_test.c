/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/diagnostic/added.h"

/* A line has RESET; a penalised likelihood has no such ratio. */
static bool applies(const struct outcome_fit *fit)
{
    return check_of_glm(fit) && !check_of_line(fit) && fit->glm->penalty == 0;
}

static void square(const struct outcome_fit *fit, struct check_result *result,
                   struct arena *scratch)
{
    added_columns(fit, 1, added_powers(fit, 1, scratch), result, scratch);
}

const struct model_check check_link_test = {
    "link_test",
    "link test: does the square of the linear predictor add to the model?",
    "Pregibon 1980, Appl. Statist. 29, 15-24",
    applies,
    square,
};
