/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/diagnostic/added.h"

static void reset(const struct outcome_fit *fit, struct check_result *result, struct arena *scratch)
{
    added_columns(fit, 2, added_powers(fit, 2, scratch), result, scratch);
}

const struct model_check check_reset = {
    "reset",
    "RESET: do the square and the cube of the fitted values add to the line?",
    "Ramsey 1969, J. R. Statist. Soc. B 31, 350-371",
    check_of_line,
    reset,
};
