/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_CORRELATE_PARTIALS_H
#define ANALYSIS_CORRELATE_PARTIALS_H

#include "analysis/correlate/correlations.h"

/* Reads the columns of --control into the options.  ERR_COLUMN, ERR_VALUE for one that
   is absent or no number; ERR_USAGE where no method of the options has a partial form,
   or the table partial is asked for without controls. */
bool partials_controls(const struct texts *names, const struct job *job, const struct prepared *p,
                       struct correlations_options *o, struct err *err);

/* Adds the table `partial`: each scale with each behaviour given all controls, by the
   methods that have a partial form, on the rows where nothing is missing. */
void partials_table(const struct correlations *c, struct report_builder *report,
                    struct arena *keep);

#endif
