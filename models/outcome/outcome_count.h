/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_OUTCOME_OUTCOME_COUNT_H
#define MODELS_OUTCOME_OUTCOME_COUNT_H

#include "models/outcome/outcome.h"

/* For the files of counts with too many zeros, or too few: what they share but their fit. */

void outcome_count_fit(const struct count_kind *kind, const struct count_distribution *distribution,
                       const struct outcome_data *data, const struct outcome_options *options,
                       struct outcome_fit *fit, struct arena *keep);

/* As the hooks of struct outcome. */
void outcome_count_means(const struct outcome_fit *fit, const struct outcome_rows *rows,
                         double mean[], double gradient[], struct arena *scratch);
void outcome_count_influence(const struct outcome_fit *fit, double influence[],
                             struct arena *scratch);
bool outcome_count_in_domain(double y, const struct outcome_options *options);

extern const char *const outcome_count_links[];

#endif
