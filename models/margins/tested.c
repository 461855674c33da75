/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/margins/tested.h"

#include <math.h>
#include <string.h>

#include "models/base/critical.h"

struct tested tested_of(double estimate, double std_error, double df, double conf_level)
{
    double statistic = std_error > 0 ? estimate / std_error : NAN;
    double half = two_sided_t(conf_level, df) * std_error;
    return (struct tested){.estimate = estimate,
                           .std_error = std_error,
                           .statistic = statistic,
                           .df = df,
                           .p_value = two_sided_p(statistic, df),
                           .conf_low = estimate - half,
                           .conf_high = estimate + half};
}

/* ---- means ---- */

static bool may_be(const struct outcome *outcome, double y)
{
    static const struct outcome_options any = {.left = -INFINITY, .right = INFINITY};
    return outcome->glm ? outcome->glm->in_domain(y) : outcome->in_domain(y, &any);
}

void tested_mean_limits(const struct outcome *outcome, double conf_level, struct tested *t)
{
    double m = t->estimate, half = two_sided_t(conf_level, t->df) * t->std_error;
    bool share = outcome->ordered || !may_be(outcome, 2), positive = !may_be(outcome, -1);
    if (share && m > 0 && m < 1) {
        double logit = log(m) - log1p(-m), wide = half / (m * (1 - m));
        t->conf_low = 1 / (1 + exp(wide - logit));
        t->conf_high = 1 / (1 + exp(-wide - logit));
    } else if (!share && positive && m > 0) {
        t->conf_low = m * exp(-half / m);
        t->conf_high = m * exp(half / m);
    }
}

/* ---- ratios ---- */

static bool is_word(const char *word, const char *other)
{
    return word && strcmp(word, other) == 0;
}

/* What exp() of a part without a link of its own is. */
static const char *of_component(const struct outcome_fit *fit, const char *component)
{
    bool logit = is_word(fit->link, "logit");
    if (is_word(component, "count"))
        return "rate ratio";
    if (is_word(component, "amount"))
        return "ratio of means";
    if (is_word(component, "zero"))
        return "odds ratio";
    return logit && (is_word(component, "any") || is_word(component, "location")) ? "odds ratio"
                                                                                  : NULL;
}

static const char *of_link(const struct outcome_fit *fit)
{
    if (!is_word(fit->link, "log"))
        return is_word(fit->link, "logit")     ? "odds ratio"
               : is_word(fit->link, "cloglog") ? "hazard ratio"
                                               : NULL;
    if (fit->outcome->counts)
        return "rate ratio";
    return may_be(fit->outcome, 2) ? "ratio of means" : "risk ratio";
}

const char *tested_ratio(const struct outcome_fit *fit, size_t j)
{
    static const char *const none[] = {"(Intercept)", "Log(theta)", "Log(scale)", "Smearing"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (strcmp(fit->fit.term[j], none[i]) == 0)
            return NULL;
    return fit->component ? of_component(fit, fit->component[j]) : fit->glm ? of_link(fit) : NULL;
}
