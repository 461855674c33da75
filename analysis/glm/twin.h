/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_GLM_TWIN_H
#define ANALYSIS_GLM_TWIN_H

#include "analysis/glm/regressions.h"
#include "models/twin/twin.h"

/* The same right-hand side for what customers say, the response of --formula, and for what they
   do, the response of --twin. */

/* What was typed; NULL: not typed. */
struct twin_words {
    const char *response, *family, *link;
};

/* One cell: both outcomes on the rows that are complete for both. */
struct twin_cell {
    const struct group *group;
    enum fit_status status; /* FIT_CONVERGED, or why there are no tests */
    bool small;             /* below min_n */
    double n_obs;
    struct twin twin; /* k = 0 where there is no design */
};

struct twins {
    const struct regressions *said, *done;
    bool standardized; /* else average marginal effects; both over the outcome's deviation */
    const struct glm_covariance *kind;
    size_t n;
    struct twin_cell *cell; /* [n] as the cells of the regressions */
};

/* Does what --twin asks for: the table twin, its sentences and its chart.  Errors: as
   regressions_settle() and regressions_compute() of the twin's own formula; ERR_USAGE where an
   outcome is also a regressor. */
bool regressions_twin(const struct regressions *r, const struct regressions_words *words,
                      const struct twin_words *twin, const struct job *job,
                      struct report_builder *report, struct err *err);

/* Of twins that are computed; used by regressions_twin(). */
void twin_tables(const struct twins *t, struct report_builder *report, struct arena *keep);
void twin_lines(const struct twins *t, struct report_builder *report);
void twin_chart(const struct twins *t, struct report_builder *report, struct arena *keep);

#endif
