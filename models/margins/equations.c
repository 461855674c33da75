/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/margins/equations.h"

#include <math.h>
#include <string.h>

/* ---- which parameter is which column ---- */

/* Components that stand for the part behind '|'. */
static bool is_second(const char *component)
{
    static const char *const second[] = {"zero", "scale", "any"};
    for (size_t i = 0; component && i < sizeof second / sizeof *second; i++)
        if (strcmp(component, second[i]) == 0)
            return true;
    return false;
}

static size_t parameter_of(const struct outcome_fit *fit, bool second, const char *name)
{
    for (size_t j = 0; j < fit->fit.n_params; j++) {
        const char *component = fit->component ? fit->component[j] : NULL;
        if (is_second(component) == second && strcmp(fit->fit.term[j], name) == 0)
            return j;
    }
    return SIZE_MAX;
}

static struct margin_equation equation_of(const struct margins *m, bool second,
                                          const struct model_formula *f, const struct design *d,
                                          struct arena *keep)
{
    size_t *param = ARENA_NEW(keep, size_t, d->p);
    struct margin_equation e = {.formula = f, .design = d, .param = param};
    for (size_t c = 0; c < d->p; c++) {
        param[c] = parameter_of(m->fit, second, d->name[c]);
        if (m->fit->component && param[c] != SIZE_MAX)
            e.component = m->fit->component[param[c]];
    }
    return e;
}

void equations_find(struct margins *m, const struct model_formula *formula, struct arena *keep)
{
    const struct outcome_data *data = &m->fit->data;
    const struct model_formula *behind = model_formula_second(formula);
    bool repeated = m->fit->outcome->second == SECOND_REPEATED && !data->second;
    m->equation[0] = equation_of(m, false, formula, data->design, keep);
    m->n_equations = 1;
    if (!data->second && !repeated)
        return;
    m->equation[1] = repeated ? equation_of(m, true, formula, data->design, keep)
                              : equation_of(m, true, behind, data->second, keep);
    m->n_equations = 2;
}

struct outcome_rows equations_rows(const struct margins *m, const struct regressors *r)
{
    struct outcome_rows rows = {.n = r->n, .x = r->x[0], .offset = r->offset[0]};
    if (m->n_equations == 2) {
        rows.x2 = r->x[1];
        rows.offset2 = r->offset[1];
    }
    return rows;
}

/* ---- exactly, from the link ---- */

static double predictor(const struct margins *m, size_t equation, const struct regressors *r,
                        size_t i)
{
    const struct margin_equation *e = &m->equation[equation];
    size_t p = e->design->p;
    double eta = r->offset[equation] ? r->offset[equation][i] : 0;
    for (size_t c = 0; c < p; c++) {
        double b = e->param[c] == SIZE_MAX ? 0 : m->fit->fit.estimate[e->param[c]];
        if (isfinite(b))
            eta += r->x[equation][i * p + c] * b;
    }
    return eta;
}

static void link_slopes(const struct margins *m, const struct regressors *r, double slope[],
                        double gradient[])
{
    const struct link *link = m->fit->glm->link;
    const struct margin_equation *e = &m->equation[0];
    size_t p = e->design->p, n_params = m->fit->fit.n_params;
    memset(gradient, 0, r->n * n_params * sizeof *gradient);
    for (size_t i = 0; i < r->n; i++) {
        double eta = predictor(m, 0, r, i), second = link->second(eta);
        slope[i] = link->slope(eta);
        for (size_t c = 0; c < p; c++)
            if (e->param[c] != SIZE_MAX && isfinite(m->fit->fit.estimate[e->param[c]]))
                gradient[i * n_params + e->param[c]] = second * r->x[0][i * p + c];
    }
}

/* ---- by differences ---- */

/* The unit of each row's linear predictor: sigma of a tobit's mean, exp(z'g) of the location of
   ordered answers with a scale. */
static void units(const struct margins *m, size_t equation, const struct regressors *r,
                  double unit[])
{
    bool scaled = m->fit->ordinal && m->n_equations == 2 && equation == 0;
    for (size_t i = 0; i < r->n; i++)
        unit[i] = m->fit->tobit ? m->fit->tobit->fit.sigma
                  : scaled      ? exp(predictor(m, 1, r, i))
                                : 1;
}

/* Central differences of four points (Abramowitz & Stegun 1964, 25.3.6) over offsets: the error is
   of the fourth power of the step, 1e-13 like that of rounding. */
static void difference(const struct margins *m, size_t equation, const struct regressors *r,
                       double slope[], double gradient[], struct arena *scratch)
{
    static const double at[] = {-2, -1, 1, 2}, share[] = {1. / 12, -8. / 12, 8. / 12, -1. / 12};
    const double step = 1e-3;
    size_t n = r->n, k = m->fit->n_means, p = m->fit->fit.n_params;
    double *mean = ARENA_NEW(scratch, double, n *k), *moved = ARENA_NEW(scratch, double, n);
    double *by = ARENA_NEW(scratch, double, n *k *p), *unit = ARENA_NEW(scratch, double, n);
    struct regressors shifted = *r;
    units(m, equation, r, unit);
    shifted.offset[equation] = moved;
    memset(slope, 0, n * k * sizeof *slope);
    memset(gradient, 0, n * k * p * sizeof *gradient);
    for (size_t s = 0; s < 4; s++) {
        for (size_t i = 0; i < n; i++)
            moved[i] = (r->offset[equation] ? r->offset[equation][i] : 0) + at[s] * step * unit[i];
        struct outcome_rows rows = equations_rows(m, &shifted);
        outcome_means(m->fit, &rows, mean, by, scratch);
        for (size_t i = 0; i < n * k; i++) {
            double factor = share[s] / (step * unit[i / k]);
            slope[i] += factor * mean[i];
            for (size_t j = 0; j < p; j++)
                gradient[i * p + j] += factor * by[i * p + j];
        }
    }
}

void equations_slopes(const struct margins *m, size_t equation, const struct regressors *r,
                      double slope[], double gradient[], struct arena *scratch)
{
    if (m->fit->glm && m->n_equations == 1)
        link_slopes(m, r, slope, gradient);
    else
        difference(m, equation, r, slope, gradient, scratch);
}
