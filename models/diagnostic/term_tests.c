/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/diagnostic/term_tests.h"

#include <string.h>

#include "models/diagnostic/places.h"

/* ---- dropping ---- */

static struct design *without(const struct design *d, size_t term, struct arena *scratch)
{
    struct design *less = arena_copy(scratch, d, 1, sizeof *less);
    size_t *column = ARENA_NEW(scratch, size_t, d->p), *number = ARENA_NEW(scratch, size_t, d->p);
    const char **name = ARENA_NEW(scratch, const char *, d->p);
    less->p = 0;
    for (size_t j = 0; j < d->p; j++)
        if (d->term[j] != term) {
            name[less->p] = d->name[j];
            number[less->p] = d->term[j];
            column[less->p++] = j;
        }
    double *x = ARENA_NEW(scratch, double, d->n * less->p);
    for (size_t i = 0; i < d->n; i++)
        for (size_t j = 0; j < less->p; j++)
            x[i * less->p + j] = d->x[i * d->p + column[j]];
    less->x = x;
    less->name = name;
    less->term = number;
    return less;
}

static void by_likelihood(const struct outcome_fit *fit, size_t equation, size_t term,
                          const struct outcome_options *options, struct tested *tested)
{
    struct arena *scratch = arena_new();
    struct outcome_data data = fit->data;
    struct outcome_fit smaller;
    if (equation == 0)
        data.design = without(data.design, term, scratch);
    else
        data.second = without(data.second, term, scratch);
    outcome_fit(fit->outcome, &data, options, &smaller, scratch);
    tested_within(fit, &smaller, tested, scratch);
    arena_free(scratch);
}

/* Is the parameter one of the term's, in the equation; or in either, where the first is repeated?
 */
static bool belongs(const struct outcome_fit *fit, const struct place *place, size_t equation,
                    size_t term)
{
    const struct design *second = places_second(fit);
    if (place->equation == NO_EQUATION || (place->equation != equation && fit->data.second))
        return false;
    const struct design *d = place->equation == 0 ? fit->data.design : second;
    return d->term[place->column] == term;
}

static void by_wald(const struct outcome_fit *fit, size_t equation, size_t term,
                    struct tested *tested)
{
    struct arena *scratch = arena_new();
    size_t k = fit->fit.n_params, n = 0, *at = ARENA_NEW(scratch, size_t, k);
    struct place *place = ARENA_NEW(scratch, struct place, k);
    places_of_parameters(fit, place, scratch);
    for (size_t j = 0; j < k; j++)
        if (belongs(fit, &place[j], equation, term))
            at[n++] = j;
    tested_by_wald(fit, at, n, tested);
    arena_free(scratch);
}

/* ---- all of them ---- */

/* The component of the equation's coefficients. */
static const char *component_of(const struct outcome_fit *fit, size_t equation)
{
    const char *found = NULL;
    if (!fit->component || !fit->data.second)
        return NULL;
    struct arena *scratch = arena_new();
    struct place *place = ARENA_NEW(scratch, struct place, fit->fit.n_params);
    places_of_parameters(fit, place, scratch);
    for (size_t j = 0; j < fit->fit.n_params && !found; j++)
        if (place[j].equation == equation)
            found = fit->component[j];
    arena_free(scratch);
    return found;
}

static void test_equation(const struct outcome_fit *fit, const struct model_formula *f,
                          size_t equation, const struct outcome_options *options,
                          struct term_tests *tests)
{
    const char *component = component_of(fit, equation);
    size_t n;
    const char *const *label = model_formula_terms(f, &n);
    for (size_t t = 0; t < n; t++) {
        if (model_formula_marginal(f, t))
            continue;
        struct term_test *test = &tests->test[tests->n++];
        test->term = label[t];
        test->component = component;
        if (tested_by_likelihood(fit))
            by_likelihood(fit, equation, t, options, &test->tested);
        else
            by_wald(fit, equation, t, &test->tested);
    }
}

void term_tests(const struct outcome_fit *fit, const struct model_formula *formula,
                const struct outcome_options *options, struct term_tests *tests, struct arena *keep)
{
    const struct model_formula *second = fit->data.second ? model_formula_second(formula) : NULL;
    size_t n, more = 0;
    model_formula_terms(formula, &n);
    if (second)
        model_formula_terms(second, &more);
    *tests = (struct term_tests){0, ARENA_NEW(keep, struct term_test, n + more)};
    test_equation(fit, formula, 0, options, tests);
    if (second)
        test_equation(fit, second, 1, options, tests);
}
