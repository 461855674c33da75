/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/study/refusals.h"

bool refuse_formula(const char *option, const char *text, const struct formula_error *e,
                    struct arena *keep, struct err *err)
{
    const char *caret = formula_caret(text, e->position, keep);
    return err_lines(err, ERR_USAGE,
                     arena_printf(keep, "--%s: %s%s%s%s%s", option, e->what, e->mend ? "; " : "",
                                  e->mend ? e->mend : "", caret ? "\n" : "", caret ? caret : ""));
}
