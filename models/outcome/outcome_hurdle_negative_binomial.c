/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/outcome/outcome_count.h"

static void fit_counts(const struct outcome_data *data, const struct outcome_options *options,
                       struct outcome_fit *fit, struct arena *keep)
{
    outcome_count_fit(&count_kind_hurdle, &count_distribution_negative_binomial, data, options, fit,
                      keep);
}

const struct outcome outcome_hurdle_negative_binomial = {
    .name = "hurdle_negative_binomial",
    .title = "Negative binomial counts behind a hurdle",
    .source = "Mullahy 1986, J. Econometrics 33, 341-365",
    .link = outcome_count_links,
    .second = SECOND_REPEATED,
    .second_title = "the part of who is above zero",
    .counts = true,
    .domain = "0, 1, 2, ...",
    .in_domain = outcome_count_in_domain,
    .fit = fit_counts,
    .means = outcome_count_means,
    .influence = outcome_count_influence,
};
