/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/diagnostic/added.h"

static void reset(const struct outcome_fit *fit, struct diagnostic_result *result,
                  struct arena *scratch)
{
    added_columns(fit, 2, added_powers(fit, 2, scratch), result, scratch);
}

const struct diagnostic diagnostic_reset = {
    "reset",
    "RESET: do the square and the cube of the fitted values add to the line?",
    "Ramsey 1969, J. R. Statist. Soc. B 31, 350-371",
    diagnostic_of_line,
    reset,
};
