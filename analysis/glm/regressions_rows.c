/* SPDX-License-Identifier: GPL-3.0-or-later
   How the rows of all tables of regressions.h begin, and those of the diagnostics. */
#include <math.h>

#include "analysis/glm/regressions.h"

const char *regressions_link(const struct regressions_options *o)
{
    return o->fit.link ? o->fit.link : o->outcome->link[0];
}

void regressions_identify(struct results *t, const struct regressions *r,
                          const struct regression_cell *cell)
{
    results_row(t, cell->group);
    results_text(t, "y", regressions_response(r));
    results_text(t, "family", r->options.outcome->name);
    results_text(t, "link", regressions_link(&r->options));
}

void regressions_diagnostic(struct results *t, const struct regressions *r,
                            const struct regression_cell *cell, const char *name,
                            const struct diagnostic *d)
{
    if (isnan(d->estimate) && isnan(d->p_value))
        return;
    regressions_identify(t, r, cell);
    results_text(t, "name", name);
    results_real(t, "estimate", d->estimate);
    results_real(t, "conf_low", d->conf_low);
    results_real(t, "conf_high", d->conf_high);
    results_real(t, "p_value", d->p_value);
    results_status(t, regressions_status(cell));
}
