/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/outcome/outcome_count.h"

static void fit_counts(const struct outcome_data *data, const struct outcome_options *options,
                       struct outcome_fit *fit, struct arena *keep)
{
    outcome_count_fit(&count_kind_zero_inflated, &count_distribution_poisson, data, options, fit,
                      keep);
}

const struct outcome outcome_zero_inflated_poisson = {
    .name = "zero_inflated_poisson",
    .title = "Zero-inflated Poisson counts",
    .source = "Lambert 1992, Technometrics 34, 1-14",
    .link = outcome_count_links,
    .second = SECOND_REPEATED,
    .second_title = "the part of extra zeros",
    .counts = true,
    .domain = "0, 1, 2, ...",
    .in_domain = outcome_count_in_domain,
    .fit = fit_counts,
    .means = outcome_count_means,
    .influence = outcome_count_influence,
};
