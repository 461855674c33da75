/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/outcome/events.h"

#include <math.h>
#include <string.h>

/* What a row counts as: trials of a share, frequencies; one of a sampling weight. */
static double times_of(const struct outcome_fit *fit, size_t i)
{
    const struct outcome_data *d = &fit->data;
    double w = d->w ? d->w[i] : 1;
    bool trials = d->weight_kind == WEIGHT_NONE && fit->outcome->binary;
    return d->weight_kind == WEIGHT_FREQUENCY || trials ? w : w > 0;
}

static double coefficients_of(const struct outcome_fit *fit)
{
    const struct design *d = fit->data.design;
    double n = 0;
    for (size_t j = 0; j < fit->fit.n_params; j++) {
        const char *part = fit->component ? fit->component[j] : "count";
        bool first = strcmp(part, "count") == 0 || strcmp(part, "any") == 0;
        first = first && strcmp(fit->fit.term[j], "Log(theta)") != 0;
        n += first && !isnan(fit->fit.estimate[j]);
    }
    return n - (n > 0 && d->intercept);
}

struct outcome_events outcome_events(const struct outcome_fit *fit)
{
    const struct outcome *o = fit->outcome;
    const struct design *d = fit->data.design;
    double yes = 0, no = 0;
    struct outcome_events e = {NAN, NAN, NAN};
    bool parts = o == &outcome_two_part;
    if (!o->binary && !o->counts && !parts)
        return e;
    for (size_t i = 0; i < d->n; i++) {
        double times = times_of(fit, i), share = o->binary ? d->y[i] : d->y[i] > 0;
        yes += times * share;
        no += times * (1 - share);
    }
    e.events = o->counts ? yes : fmin(yes, no);
    e.coefficients = coefficients_of(fit);
    e.each = e.coefficients > 0 ? e.events / e.coefficients : INFINITY;
    return e;
}
