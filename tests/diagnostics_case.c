/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/diagnostics_case.h"

#include <string.h>

const double *diagnostics_column(const struct model_data *data, const char *name)
{
    for (size_t j = 0; j < data->n_columns; j++)
        if (strcmp(data->column[j].name, name) == 0)
            return data->column[j].value;
    fail_msg("no column %s", name);
    return NULL;
}

static const struct model_formula *parse(const char *text, const struct model_data *data,
                                         struct arena *keep)
{
    const struct model_formula *formula;
    struct formula_error error;
    if (!model_formula_parse(text, data, &formula, &error, keep))
        fail_msg("%s: %s", text, error.what);
    return formula;
}

void diagnostics_fit(struct fitted *f, const char *text)
{
    struct design_problem problem;
    struct outcome_data data = {.design = &f->design, .weight_kind = f->model->weight_kind};
    f->formula = parse(text, &f->data, f->keep);
    assert_true(model_design(f->formula, &f->data, NULL, 0, &f->design, &problem, f->keep));
    if (model_formula_second(f->formula)) {
        assert_true(model_design(model_formula_second(f->formula), &f->data, f->design.row,
                                 f->design.n, &f->second, &problem, f->keep));
        data.second = &f->second;
    }
    if (f->model->weight)
        data.w = diagnostics_column(&f->data, f->model->weight);
    outcome_fit(f->model->outcome, &data, &f->options, &f->fit, f->keep);
}
