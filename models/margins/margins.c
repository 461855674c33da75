/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/margins/margins.h"

#include <math.h>
#include <string.h>

#include "models/base/sum.h"
#include "models/margins/equations.h"
#include "models/margins/variables.h"

/* Do means rest on these estimates? */
static bool estimated(enum fit_status status)
{
    static const enum fit_status good[] = {FIT_OK, FIT_CONVERGED, FIT_PERFECT, FIT_BOUNDARY};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (status == good[i])
            return true;
    return false;
}

void margins_prepare(const struct outcome_fit *fit, const struct model_formula *formula,
                     const struct model_data *data, size_t threads, struct margins *margins,
                     struct arena *keep)
{
    *margins = (struct margins){.fit = fit, .data = data, .threads = threads};
    margins->status = estimated(fit->fit.status) ? FIT_OK : fit->fit.status;
    equations_find(margins, formula, keep);
    variables_find(margins, keep);
}

const struct margin_variable *margins_variable(const struct margins *m, const char *name)
{
    for (size_t i = 0; i < m->n_variables; i++)
        if (strcmp(m->variable[i].name, name) == 0)
            return &m->variable[i];
    return NULL;
}

double margins_covariance(const struct margins *m, const double *g, const double *h)
{
    const struct fit *fit = &m->fit->fit;
    struct sum total = {0};
    for (size_t i = 0; i < fit->n_params; i++)
        for (size_t j = 0; j < fit->n_params && g[i] != 0; j++)
            if (h[j] != 0)
                sum_add(&total, g[i] * fit->vcov[i * fit->n_params + j] * h[j]);
    return sum_value(&total);
}

struct margin_query *margins_effects(const struct margins *m, size_t *n, struct arena *keep)
{
    size_t most = 0;
    for (size_t i = 0; i < m->n_variables; i++)
        most += m->variable[i].n_levels + 1;
    struct margin_query *query = ARENA_NEW(keep, struct margin_query, most);
    *n = 0;
    for (size_t i = 0; i < m->n_variables; i++) {
        const struct margin_variable *v = &m->variable[i];
        if (v->n_levels == 0)
            query[(*n)++] = (struct margin_query){.of = v};
        for (size_t k = 1; k < v->n_levels; k++)
            query[(*n)++] = (struct margin_query){.of = v, .level = k};
    }
    return query;
}
