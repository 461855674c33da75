/* SPDX-License-Identifier: GPL-3.0-or-later
   From the words of the command line to how a regression is fitted. */
#include <math.h>
#include <string.h>

#include "analysis/glm/regressions.h"
#include "analysis/study/refusals.h"
#include "analysis/study/variables.h"
#include "io/text/parse.h"
#include "models/base/nearest.h"

static bool refuse(const char *option, const char *value, const char *what, const char *mend,
                   struct err *err)
{
    return err_at(err, ERR_USAGE,
                  &(struct problem){.column = option, .value = value, .what = what, .mend = mend});
}

/* ---- family and link ---- */

static bool settle_family(const struct regressions_words *w, struct regressions_options *o,
                          struct arena *keep, struct err *err)
{
    const char **name = ARENA_NEW(keep, const char *, n_outcomes);
    size_t n = 0;
    for (size_t i = 0; i < n_outcomes; i++)
        name[i] = outcomes[i]->name;
    o->outcome = outcome_find(w->family ? w->family : "gaussian");
    if (!o->outcome)
        return refuse("--family", w->family, "is no family",
                      nearest_mend(w->family, name, n_outcomes, "families are ", n_outcomes, keep),
                      err);
    if (!w->link || outcome_has_link(o->outcome, w->link)) {
        o->fit.link = w->link;
        return true;
    }
    while (o->outcome->link[n])
        n++;
    return refuse("--link", w->link,
                  arena_printf(keep, "is no link of the family %s", o->outcome->name),
                  nearest_mend(w->link, o->outcome->link, n, "its links are ", n, keep), err);
}

/* What only some families have. */
static bool settle_extras(const struct regressions_words *w, struct regressions_options *o,
                          struct err *err)
{
    const struct outcome *is = o->outcome;
    const char *link = regressions_link(o);
    o->fit.firth = w->firth;
    o->fit.observed = w->observed;
    o->fit.theta = w->theta;
    o->fit.amount = w->amount;
    if (w->firth && (is != &outcome_binomial || strcmp(link, "logit") != 0))
        return err_set(err, ERR_USAGE,
                       "--firth: bias reduction is for --family=binomial --link=logit");
    if (w->firth && w->observed)
        return err_set(err, ERR_USAGE,
                       "--firth: has no errors from the observed information; "
                       "leave out --observed");
    if (w->theta > 0 && is != &outcome_negative_binomial)
        return err_set(err, ERR_USAGE, "--theta: belongs to --family=negative_binomial");
    if (w->amount && is != &outcome_two_part)
        return err_set(err, ERR_USAGE, "--amount: belongs to --family=two_part");
    if (w->limits && is != &outcome_tobit)
        return err_set(err, ERR_USAGE, "--limits: belongs to --family=tobit");
    return true;
}

/* "0:", "0:100", ":10" */
static bool settle_limits(const char *text, struct outcome_options *fit, struct err *err)
{
    const char *colon = text ? strchr(text, ':') : NULL;
    const char *mend = "write them as 0: (nothing below 0 is seen), 0:100 or :100";
    fit->left = text ? -INFINITY : 0;
    fit->right = INFINITY;
    if (!text)
        return true;
    if (!colon || !text[1])
        return refuse("--limits", text, "is not LEFT:RIGHT", mend, err);
    if ((colon > text && !parse_real(text, (size_t)(colon - text), &fit->left)) ||
        (colon[1] && !parse_real(colon + 1, strlen(colon + 1), &fit->right)))
        return refuse("--limits", text, "does not hold numbers", mend, err);
    if (!(fit->left < fit->right))
        return refuse("--limits", text, "has its left limit not below its right one", mend, err);
    return true;
}

/* ---- covariance ---- */

static bool settle_covariance(const struct regressions_words *w, const struct prepared *p,
                              struct regressions_options *o, struct arena *keep, struct err *err)
{
    bool plain = !w->robust || strcmp(w->robust, "HC0") == 0 || strcmp(w->robust, "HC1") == 0;
    o->fit.covariance = w->robust;
    if (w->robust && !outcome_has_covariance(o->outcome, w->robust))
        return refuse(
            "--robust", w->robust,
            arena_printf(keep, "needs leverages, which the family %s has not", o->outcome->name),
            "take HC0 or HC1", err);
    if (w->cluster.n > 2)
        return err_set(err, ERR_USAGE, "--cluster: one way or two, not %zu", w->cluster.n);
    if (w->cluster.n && !plain)
        return refuse("--robust", w->robust, "does not go with --cluster",
                      "leave it out, or take HC0 or HC1 (the factor for small samples)", err);
    if (w->observed && (w->cluster.n || w->robust))
        return err_set(err, ERR_USAGE, "--observed: is one covariance, --%s another; leave one out",
                       w->robust ? "robust" : "cluster");
    for (size_t k = 0; k < w->cluster.n; k++) {
        if (!clusters_settle(w->cluster.at[k], p->frame, &o->cluster[k], keep, err))
            return false;
        if (o->cluster[k].n < 2)
            return err_at(err, ERR_VALUE,
                          &(struct problem){.file = p->frame->file,
                                            .column = w->cluster.at[k],
                                            .what = "is one cluster only",
                                            .mend = "clusters need at least two; 40 or more to be "
                                                    "trusted"});
    }
    o->n_ways = w->cluster.n;
    if (o->n_ways == 2 && strcmp(w->cluster.at[0], w->cluster.at[1]) == 0)
        return refuse("--cluster", w->cluster.at[0], "stands twice", "name it once", err);
    return true;
}

static bool settle_weights(const struct regressions_words *w, const struct prepared *p,
                           struct regressions_options *o, struct arena *keep, struct err *err)
{
    if (!w->prior_weights)
        return true;
    if (p->weight)
        return err_set(err, ERR_USAGE,
                       "--prior-weights: cannot stand with --weights or --frequency");
    if (!o->outcome->glm)
        return err_set(err, ERR_USAGE,
                       "--prior-weights: belong to generalised linear models; for %s take "
                       "--frequency or --weights",
                       o->outcome->name);
    o->weight = variable_weights(p->frame, w->prior_weights, false, keep, err);
    return o->weight != NULL;
}

bool regressions_settle(const struct regressions_words *words, const struct prepared *p,
                        struct regressions_options *o, struct arena *keep, struct err *err)
{
    *o = (struct regressions_options){.text = words->formula, .centre = words->centre};
    return settle_family(words, o, keep, err) && settle_extras(words, o, err) &&
           settle_limits(words->limits, &o->fit, err) &&
           settle_covariance(words, p, o, keep, err) && settle_weights(words, p, o, keep, err);
}

const struct model_formula *regressions_formula(const char *option, const char *text,
                                                const struct model_data *data, struct arena *keep,
                                                struct err *err)
{
    const struct model_formula *f;
    struct formula_error e = {0};
    if (model_formula_parse(text, data, &f, &e, keep))
        return f;
    refuse_formula(option, text, &e, keep, err);
    return NULL;
}
