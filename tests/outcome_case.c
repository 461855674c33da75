/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/outcome_case.h"

static const struct design *design_for(const struct model_formula *f, const struct model_data *data,
                                       const struct design *like, struct arena *keep)
{
    struct design *d = ARENA_NEW(keep, struct design, 1);
    struct design_problem problem;
    if (!model_design(f, data, like ? like->row : NULL, like ? like->n : 0, d, &problem, keep))
        fail_msg("%s", problem.told.what);
    return d;
}

struct outcome_fit fit_formula(const struct asked *a, const struct model_data *data,
                               const double *w, enum weight_kind kind, struct arena *keep)
{
    const struct model_formula *f;
    struct formula_error error;
    if (!model_formula_parse(a->formula, data, &f, &error, keep))
        fail_msg("%s: %s", a->formula, error.what);
    const struct design *d = design_for(f, data, NULL, keep);
    const struct model_formula *second = model_formula_second(f);
    const struct outcome_data given = {d, second ? design_for(second, data, d, keep) : NULL, w,
                                       kind};
    struct outcome_fit fit;
    outcome_fit(a->outcome, &given, &a->options, &fit, keep);
    return fit;
}
