/* SPDX-License-Identifier: GPL-3.0-or-later
   The line of R that repeats a regression. */
#include <math.h>
#include <string.h>

#include "analysis/glm/regressions.h"
#include "analysis/study/phrases.h"

/* "c('young', 'old')" */
static const char *r_texts(size_t n, const char *const text[], struct arena *keep)
{
    const char *list = "";
    for (size_t k = 0; k < n; k++)
        list = arena_printf(keep, "%s%s%s", list, k ? ", " : "", phrase_r_text(text[k], keep));
    return arena_printf(keep, "c(%s)", list);
}

/* Factors whose order was declared, and the ordered answer. */
static const char *r_factors(const struct regressions *r, struct arena *keep)
{
    const struct prepared *p = r->prepared;
    const char *lines = "", *y = regressions_response(r);
    bool declared = false;
    for (size_t k = 0; k < p->n_orders; k++) {
        const char *name = p->order[k].column;
        bool response = r->options.outcome->ordered && strcmp(name, y) == 0;
        if (!regressions_mention(r->options.text, name))
            continue;
        declared |= response;
        lines = arena_printf(keep, "%sd[[%s]] <- factor(d[[%s]], %s%s); ", lines,
                             phrase_r_text(name, keep), phrase_r_text(name, keep),
                             r_texts(p->order[k].levels.n, p->order[k].levels.at, keep),
                             response ? ", ordered = TRUE" : "");
    }
    if (r->options.outcome->ordered && !declared)
        lines = arena_printf(keep, "%sd[[%s]] <- ordered(d[[%s]]); ", lines, phrase_r_text(y, keep),
                             phrase_r_text(y, keep));
    return lines;
}

static const char *r_number(double x, struct arena *keep)
{
    return isinf(x) ? x > 0 ? "Inf" : "-Inf" : arena_printf(keep, "%.15g", x);
}

static const char *glm_call(const struct regressions *r, struct arena *keep)
{
    const struct outcome *is = r->options.outcome;
    const char *link = strcmp(regressions_link(&r->options), "inverse_squared") == 0
                           ? "1/mu^2"
                           : regressions_link(&r->options);
    const char *family = is == &outcome_gamma              ? "Gamma"
                         : is == &outcome_inverse_gaussian ? "inverse.gaussian"
                         : is == &outcome_fractional       ? "quasibinomial"
                                                           : is->name;
    if (is == &outcome_gaussian && strcmp(link, "identity") == 0)
        return arena_printf(keep, "lm(%s, d)", r->options.text);
    if (is == &outcome_negative_binomial && !(r->options.fit.theta > 0))
        return arena_printf(keep, "MASS::glm.nb(%s, d, link = %s)", r->options.text, link);
    if (is == &outcome_negative_binomial)
        family = arena_printf(keep, "MASS::negative.binomial(%.15g, \"%s\")", r->options.fit.theta,
                              link);
    else
        family = arena_printf(keep, "%s(\"%s\")", family, link);
    return arena_printf(keep, "glm(%s, %s, d)", r->options.text, family);
}

/* pscl's "hurdle" or "zeroinfl" with "poisson" or "negbin". */
static const char *count_call(const struct regressions *r, struct arena *keep)
{
    const char *name = r->options.outcome->name;
    return arena_printf(keep, "pscl::%s(%s, d, dist = \"%s\")",
                        strncmp(name, "hurdle", 6) == 0 ? "hurdle" : "zeroinfl", r->options.text,
                        strstr(name, "poisson") ? "poisson" : "negbin");
}

/* The fit, NULL where no call of R gives it. */
static const char *fit_call(const struct regressions *r, struct arena *keep)
{
    const struct regressions_options *o = &r->options;
    const struct outcome *is = o->outcome;
    if (is->glm)
        return o->fit.firth ? NULL : glm_call(r, keep);
    if (is == &outcome_tobit)
        return arena_printf(keep, "AER::tobit(%s, left = %s, right = %s, data = d)", o->text,
                            r_number(o->fit.left, keep), r_number(o->fit.right, keep));
    if (is == &outcome_ordinal)
        return model_formula_second(r->formula)
                   ? NULL
                   : arena_printf(keep, "ordinal::clm(%s, data = d, link = \"%s\")", o->text,
                                  regressions_link(&r->options));
    return is == &outcome_two_part ? NULL : count_call(r, keep);
}

/* Errors other than the model's. */
static const char *errors_call(const struct regressions *r, const char *fit, struct arena *keep)
{
    const struct regressions_options *o = &r->options;
    const char *kind = o->fit.covariance ? o->fit.covariance : "HC0";
    if (o->n_ways || !o->outcome->glm)
        return o->n_ways || o->fit.covariance ? NULL : arena_printf(keep, "summary(%s)", fit);
    if (o->fit.covariance || o->outcome == &outcome_fractional)
        return arena_printf(keep, "lmtest::coeftest(%s, sandwich::vcovHC, type = \"%s\")", fit,
                            kind);
    return arena_printf(keep, "summary(%s)", fit);
}

const char *regressions_check_r(const struct regressions *r, struct arena *keep)
{
    const struct regressions_options *o = &r->options;
    bool weighted = r->prepared->weight || o->weight;
    const char *fit = weighted || *r->centred || o->fit.observed ? NULL : fit_call(r, keep);
    const char *check = fit ? errors_call(r, fit, keep) : NULL;
    if (!check)
        return NULL;
    return arena_printf(keep, "%s; %s%s", phrase_r_rows(r->prepared, "tables/study.csv", keep),
                        r_factors(r, keep), check);
}
