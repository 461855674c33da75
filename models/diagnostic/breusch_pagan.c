/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "models/base/sum.h"
#include "models/diagnostic/check.h"
#include "models/glm/estimate.h"
#include "models/glm/rows.h"

/* The design with a constant, the squared residuals in the response's place. */
static struct design auxiliary(const struct outcome_fit *fit, const double *square,
                               struct arena *scratch)
{
    struct design d = *fit->data.design;
    d.y = square;
    d.offset = NULL;
    d.row = NULL;
    if (d.intercept)
        return d;
    double *x = ARENA_NEW(scratch, double, d.n *(d.p + 1));
    for (size_t i = 0; i < d.n; i++) {
        x[i * (d.p + 1)] = 1;
        for (size_t j = 0; j < d.p; j++)
            x[i * (d.p + 1) + j + 1] = d.x[i * d.p + j];
    }
    d.x = x;
    d.p++;
    d.intercept = true;
    d.name = ARENA_NEW(scratch, const char *, d.p);
    return d;
}

/* The regression of squared residuals, each a share of their mean, on the regressors: the
   sum of squares that it explains, all of it, and how many regressors there are. */
static void explain(const struct outcome_fit *fit, double *explained, double *total, double *df,
                    struct arena *scratch)
{
    const struct glm *glm = fit->glm;
    size_t n = glm->design->n;
    double *square = ARENA_NEW(scratch, double, n);
    for (size_t i = 0; i < n; i++) {
        double gap = glm->design->y[i] - glm->mu[i];
        square[i] = gap * gap;
    }
    double average = mean(square, fit->data.w, n);
    for (size_t i = 0; i < n; i++)
        square[i] /= average;
    struct design d = auxiliary(fit, square, scratch);
    struct glm_options options = {.family = &family_gaussian,
                                  .weight = fit->data.w,
                                  .weight_kind = fit->data.weight_kind,
                                  .threads = glm->rows->threads};
    struct glm of_squares;
    glm_fit_without_null(&d, &options, &of_squares, scratch);
    *explained = cross_product(of_squares.mu, 1, of_squares.mu, 1, fit->data.w, n);
    *total = cross_product(square, 1, square, 1, fit->data.w, n);
    *df = (double)of_squares.rank - 1;
}

static void studentised(const struct outcome_fit *fit, struct check_result *result,
                        struct arena *scratch)
{
    double explained, total, df;
    explain(fit, &explained, &total, &df, scratch);
    if (total > 0)
        check_chi_squared(result, fit->fit.n_obs * explained / total, df);
    else
        result->status = FIT_CONSTANT;
}

static void original(const struct outcome_fit *fit, struct check_result *result,
                     struct arena *scratch)
{
    double explained, total, df;
    explain(fit, &explained, &total, &df, scratch);
    check_chi_squared(result, explained / 2, df);
}

const struct model_check check_breusch_pagan = {
    "breusch_pagan",
    "Breusch-Pagan test of constant variance, studentised: n R-squared of the squared residuals "
    "on the regressors",
    "Koenker 1981, J. Econometrics 17, 107-112",
    check_of_line,
    studentised,
};

const struct model_check check_breusch_pagan_original = {
    "breusch_pagan_original",
    "Breusch-Pagan test of constant variance of normal errors",
    "Breusch & Pagan 1979, Econometrica 47, 1287-1294",
    check_of_line,
    original,
};
