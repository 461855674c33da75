/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/correlation/latent.h"

/* The polychoric correlation of a table of two rows and two columns, which its three
   parameters fit exactly: two steps and one give the same. */
static bool two_values_each(const struct pairs *p)
{
    return p->x.n_levels == 2 && p->y.n_levels == 2;
}

static double estimate(const struct variable *x, const struct variable *y, const double *w,
                       struct arena *scratch)
{
    return correlation_polychoric.estimate(x, y, w, scratch);
}

static double estimate_half(const struct variable *x, const struct variable *y, const double *w,
                            struct arena *scratch)
{
    return correlation_polychoric.half->estimate(x, y, w, scratch);
}

static double std_error(const struct pairs *p, double r, struct arena *scratch)
{
    return correlation_polychoric.std_error(p, r, scratch);
}

static double std_error_half(const struct pairs *p, double r, struct arena *scratch)
{
    return correlation_polychoric.half->std_error(p, r, scratch);
}

static void test(const struct pairs *p, double r, struct correlation_result *result,
                 struct arena *scratch)
{
    correlation_polychoric.test(p, r, result, scratch);
}

static void test_half(const struct pairs *p, double r, struct correlation_result *result,
                      struct arena *scratch)
{
    correlation_polychoric.half->test(p, r, result, scratch);
}

static struct latent_details details(const struct pairs *p, struct arena *keep)
{
    return correlation_polychoric.latent_details(p, keep);
}

static struct latent_details details_half(const struct pairs *p, struct arena *keep)
{
    return correlation_polychoric.half->latent_details(p, keep);
}

static const struct correlation tetrachoric_half = {
    .name = "tetrachoric",
    .title = "Tetrachoric correlation, 0.5 in an empty cell",
    .symbol = "r_tet",
    .source =
        "Pearson (1900), Phil. Trans. R. Soc. A 195, 1-47; Brown (1977), Applied Statistics 26, "
        "343-355",
    .phrase = "r of the normal variables behind two yes-or-no answers",
    .check_r = "{t <- table(x, y); t[t == 0] <- 0.5; polycor::polychor(t)}",
    .measure = MEASURE_ORDINAL,
    .smallest_n = 4,
    .weights = false,
    .interval = &interval_asymptotic_z,
    .in_domain = two_values_each,
    .estimate = estimate_half,
    .resampled = estimate_half,
    .std_error = std_error_half,
    .test = test_half,
    .asymptotic_test = test_half,
    .latent_details = details_half,
};

const struct correlation correlation_tetrachoric = {
    .name = "tetrachoric",
    .title = "Tetrachoric correlation",
    .symbol = "r_tet",
    .source =
        "Pearson (1900), Phil. Trans. R. Soc. A 195, 1-47; Brown (1977), Applied Statistics 26, "
        "343-355",
    .phrase = "r of the normal variables behind two yes-or-no answers",
    .check_r = "polycor::polychor(x, y)",
    .measure = MEASURE_ORDINAL,
    .smallest_n = 4,
    .weights = true,
    .interval = &interval_asymptotic_z,
    .in_domain = two_values_each,
    .estimate = estimate,
    .resampled = estimate,
    .std_error = std_error,
    .test = test,
    .asymptotic_test = test,
    .latent_details = details,
    .half = &tetrachoric_half,
};
