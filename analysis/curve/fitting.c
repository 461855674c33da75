/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/curve/fitting.h"

#include <math.h>
#include <string.h>

#include "analysis/study/phrases.h"
#include "analysis/study/variables.h"
#include "io/text/parse.h"
#include "models/regression/profile.h"
#include "models/regression/regression.h"

/* ---- bounds ---- */

bool fitting_bad_bound(const char *value, const char *what, const char *mend, struct err *err)
{
    return err_at(
        err, ERR_USAGE,
        &(struct problem){.column = "--bounds", .value = value, .what = what, .mend = mend});
}

static const char *trimmed(const char *text, size_t n, struct arena *keep)
{
    for (; n > 0 && (*text == ' ' || *text == '\t'); n--)
        text++;
    while (n > 0 && (text[n - 1] == ' ' || text[n - 1] == '\t'))
        n--;
    return arena_strndup(keep, text, n);
}

/* An end of "0:1"; nothing there is open. */
static bool one_end(const char *text, double open, double *end)
{
    *end = open;
    return *text == '\0' || (parse_real(text, strlen(text), end) && isfinite(*end));
}

/* "b1=0:1" */
static bool one_bound(const char *text, struct bounds *b, struct arena *keep, struct err *err)
{
    const char *mend = "write them as b1=0:1, or b1=0: with an open end";
    const char *equal = strchr(text, '='), *colon = equal ? strchr(equal, ':') : NULL;
    if (!colon || equal == text)
        return fitting_bad_bound(text, "is not NAME=LOW:HIGH", mend, err);
    const char *name = trimmed(text, (size_t)(equal - text), keep);
    const char *low = trimmed(equal + 1, (size_t)(colon - equal - 1), keep);
    const char *high = trimmed(colon + 1, strlen(colon + 1), keep);
    for (size_t i = 0; i < b->n; i++)
        if (strcmp(b->param[i], name) == 0)
            return fitting_bad_bound(name, "has bounds twice", "name each parameter once", err);
    b->param[b->n] = name;
    if (!one_end(low, -INFINITY, &b->lower[b->n]) || !one_end(high, INFINITY, &b->upper[b->n]))
        return fitting_bad_bound(text, "does not hold numbers", mend, err);
    if (b->lower[b->n] > b->upper[b->n])
        return fitting_bad_bound(text, "has its lower end above its upper one",
                                 "write the lower end first", err);
    b->n++;
    return true;
}

static bool parse_bounds(const char *text, struct bounds *b, struct arena *keep, struct err *err)
{
    size_t room = strlen(text) + 1;
    b->param = ARENA_NEW(keep, const char *, room);
    b->lower = ARENA_NEW(keep, double, room);
    b->upper = ARENA_NEW(keep, double, room);
    for (const char *from = text;; from++) {
        size_t n = strcspn(from, ",");
        if (!one_bound(trimmed(from, n, keep), b, keep, err))
            return false;
        from += n;
        if (*from == '\0')
            return true;
    }
}

const char *fitting_unknown_bound(const struct fitting *f, const char *const *param, size_t n)
{
    for (size_t i = 0; i < f->bounds.n; i++) {
        size_t j = 0;
        while (j < n && strcmp(param[j], f->bounds.param[i]) != 0)
            j++;
        if (j == n)
            return f->bounds.param[i];
    }
    return NULL;
}

void fitting_bounds(const struct fitting *f, const char *const *param, size_t n_params,
                    struct curve_options *options, struct arena *keep)
{
    double *lower = ARENA_NEW(keep, double, n_params), *upper = ARENA_NEW(keep, double, n_params);
    bool any = false;
    for (size_t j = 0; j < n_params; j++) {
        lower[j] = -INFINITY;
        upper[j] = INFINITY;
        for (size_t i = 0; i < f->bounds.n; i++)
            if (strcmp(param[j], f->bounds.param[i]) == 0) {
                lower[j] = f->bounds.lower[i];
                upper[j] = f->bounds.upper[i];
                any = true;
            }
    }
    options->lower = any ? lower : NULL;
    options->upper = any ? upper : NULL;
}

/* ---- limits ---- */

static void profile_of(const struct fitting *f, const struct regression *r,
                       const struct curve_options *options, const double *replicate,
                       struct fit *fit, double conf_level, struct arena *keep)
{
    (void)f, (void)replicate;
    struct arena *scratch = arena_new();
    fit->conf_low = ARENA_NEW(keep, double, fit->n_params);
    fit->conf_high = ARENA_NEW(keep, double, fit->n_params);
    profile_limits(r, options, fit, conf_level, fit->conf_low, fit->conf_high, scratch);
    arena_free(scratch);
}

static void bootstrap_of(const struct fitting *f, const struct regression *r,
                         const struct curve_options *options, const double *replicate,
                         struct fit *fit, double conf_level, struct arena *keep)
{
    (void)r, (void)options;
    struct arena *scratch = arena_new();
    double *value = ARENA_NEW(scratch, double, f->replicates), spread;
    fit->conf_low = ARENA_NEW(keep, double, fit->n_params);
    fit->conf_high = ARENA_NEW(keep, double, fit->n_params);
    for (size_t j = 0; j < fit->n_params; j++) {
        for (size_t i = 0; i < f->replicates; i++)
            value[i] = replicate ? replicate[i * fit->n_params + j] : NAN;
        bootstrap_summary(value, f->replicates, fit->estimate[j], conf_level, f->limits, &spread,
                          &fit->conf_low[j], &fit->conf_high[j]);
    }
    arena_free(scratch);
}

#define X(name, words, how) static const struct interval_kind interval_##name = {#name, words, how};
TERM_LIMITS_LIST(X)
#undef X

static const struct interval_kind *interval_find(const char *wanted)
{
    static const struct interval_kind *const all[] = {
#define X(name, words, how) &interval_##name,
        TERM_LIMITS_LIST(X)
#undef X
    };
    for (size_t i = 0; wanted && i < sizeof all / sizeof *all; i++)
        if (strcmp(all[i]->name, wanted) == 0)
            return all[i];
    return &interval_wald;
}

bool fitting_looks_further(const struct fitting *f)
{
    return f->band || (f->interval && f->interval->limits);
}

double *fitting_replicates(const struct fitting *f, const struct regression *r,
                           const struct curve_options *options, const struct fit *fit,
                           uint64_t task, struct arena *keep)
{
    struct bootstrap how = {f->replicates, f->seed, task};
    if (f->interval != &interval_bootstrap && !f->band)
        return NULL;
    return bootstrap_estimates(r, options, fit, &how, keep);
}

void fitting_limits(const struct fitting *f, const struct regression *r,
                    const struct curve_options *options, const double *replicate, struct fit *fit,
                    double conf_level, struct arena *keep)
{
    if (f->interval && f->interval->limits)
        f->interval->limits(f, r, options, replicate, fit, conf_level, keep);
}

/* ---- what goes together ---- */

static bool robust_loss(const struct fitting *f)
{
    return f->loss && f->loss->weight;
}

static bool refuse(struct err *err, const char *what, const char *mend)
{
    return err_set(err, ERR_USAGE, "%s; %s", what, mend);
}

static bool consistent(const struct fitting_words *w, const struct fitting *f,
                       const struct prepared *p, struct err *err)
{
    bool replicated = f->interval == &interval_bootstrap || f->band;
    if (w->robust && w->cluster)
        return refuse(err, "--robust and --cluster are two covariances",
                      "--cluster allows for unequal variances as well: leave out --robust");
    if (robust_loss(f) && f->covariance && f->covariance->leverage)
        return refuse(err, "--robust=HC2 and HC3 rest on the leverages of least squares",
                      "with this --loss take --robust=HC0 or HC1");
    if (f->interval == &interval_profile &&
        (robust_loss(f) || f->covariance || p->weight_kind == WEIGHT_SAMPLING))
        return refuse(err,
                      "--interval=profile rests on least squares with errors of equal variance",
                      "take --interval=bootstrap with --robust, --cluster, --loss or --weights");
    if (w->limits && !replicated)
        return refuse(err, "--limits says how a bootstrap's limits are made",
                      "add --interval=bootstrap or --band=bootstrap");
    if (replicated && f->replicates < 39)
        return refuse(err, "--replicates: too few for limits by bootstrap", "take 999 or more");
    return true;
}

bool fitting_settle(const struct fitting_words *words, const struct prepared *p, size_t replicates,
                    struct fitting *f, struct arena *keep, struct err *err)
{
    *f = (struct fitting){.loss = words->loss ? loss_find(words->loss) : NULL,
                          .covariance = words->robust ? covariance_find(words->robust) : NULL,
                          .interval = interval_find(words->interval),
                          .limits = words->limits ? bootstrap_limits_find(words->limits)
                                                  : &bootstrap_percentile,
                          .band = words->band && strcmp(words->band, "bootstrap") == 0,
                          .replicates = replicates,
                          .seed = p->seed};
    if (words->bounds && !parse_bounds(words->bounds, &f->bounds, keep, err))
        return false;
    if (!consistent(words, f, p, err) ||
        (words->cluster && !clusters_settle(words->cluster, p->frame, &f->clusters, keep, err)))
        return false;
    if (words->cluster)
        f->covariance = &covariance_cluster;
    return true;
}

/* ---- in words ---- */

static const char *errors_in_words(const struct fitting *f, const struct prepared *p,
                                   struct arena *keep)
{
    if (f->clusters.name)
        return arena_printf(keep,
                            "cluster-robust by %s (CR0 with G/(G - 1) (n - 1)/(n - p)), t on G - 1",
                            f->clusters.name);
    if (f->covariance)
        return f->covariance->name;
    if (p->weight_kind == WEIGHT_SAMPLING)
        return robust_loss(f) ? "the sandwich of the weighted loss" : "sandwich HC0 of the weights";
    return robust_loss(f) ? "Huber's (1981) for M-estimates, as R's summary.rlm"
                          : "from the Jacobian at the estimate (R's nls)";
}

static const char *limits_in_words(const struct fitting *f, struct arena *keep)
{
    if (f->interval != &interval_bootstrap)
        return f->interval->words;
    return arena_printf(keep, "by bootstrap (%s limits, %zu samples of %s)", f->limits->name,
                        f->replicates, f->clusters.name ? "whole clusters" : "rows");
}

bool fitting_is_plain(const struct fitting *f)
{
    return !robust_loss(f) && !f->covariance && !f->bounds.n &&
           (!f->interval || f->interval == &interval_wald);
}

const char *fitting_note(const struct fitting *f, const struct prepared *p, struct arena *keep)
{
    const char *level = phrase_level(p->conf_level, keep);
    if (fitting_is_plain(f))
        return arena_printf(keep,
                            "Weighted least squares; std_error from the Jacobian at the estimate "
                            "(R's nls; sandwich HC0 under sampling weights); %s intervals by "
                            "Student's t.",
                            level);
    const char *loss = "Weighted least squares", *bounds = "", *scale = "";
    if (robust_loss(f)) {
        loss = arena_printf(keep, "%s, by reweighting", f->loss->title);
        scale = "; sigma is the scale, median absolute residual / 0.6745; no r_squared, likelihood "
                "or criteria";
    }
    if (f->bounds.n)
        bounds = ", within bounds: a parameter at its bound has no std_error, those of the others "
                 "take it as known";
    return arena_printf(keep, "%s%s%s; std_error %s; %s intervals %s.", loss, bounds, scale,
                        errors_in_words(f, p, keep), level, limits_in_words(f, keep));
}
