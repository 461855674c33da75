/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_CURVE_FITTING_H
#define ANALYSIS_CURVE_FITTING_H

#include "analysis/study/clusters.h"
#include "analysis/study/prepared.h"
#include "models/curve/curve.h"
#include "models/regression/bootstrap.h"
#include "models/regression/covariance.h"
#include "models/regression/loss.h"

/* How curves and formulas are fitted and where their limits come from, as typed; NULL: not
   typed. */
struct fitting_words {
    const char *bounds;   /* "b1=0:,b2=0:1" */
    const char *loss;     /* a name of LOSS_LIST */
    const char *robust;   /* "HC0" ... "HC3" */
    const char *cluster;  /* a column */
    const char *interval; /* "wald", "profile", "bootstrap" */
    const char *band;     /* "delta", "bootstrap" */
    const char *limits;   /* "percentile", "basic" */
};

/* Where the limits of terms come from.  X(name, words, how) */
#define TERM_LIMITS_LIST(X)                                                                        \
    X(wald, "by Student's t", NULL)                                                                \
    X(profile, "by profile t (an empty end is open; none for curves with free knots)", profile_of) \
    X(bootstrap, "by bootstrap", bootstrap_of)

struct fitting;

struct interval_kind {
    const char *name, *words;
    void (*limits)(const struct fitting *f, const struct regression *r,
                   const struct curve_options *options, const double *replicate, struct fit *fit,
                   double conf_level, struct arena *keep); /* NULL: Student's t */
};

struct bounds {
    size_t n;
    const char **param;
    double *lower, *upper; /* [n] INFINITY: open */
};

/* The same, settled. */
struct fitting {
    const struct loss *loss;             /* NULL: squares */
    const struct covariance *covariance; /* NULL: by weights */
    struct clusters clusters;            /* code NULL: none */
    struct bounds bounds;
    const struct interval_kind *interval; /* NULL: Student's t */
    const struct bootstrap_limits *limits;
    bool band; /* of predictions, by bootstrap */
    size_t replicates;
    uint64_t seed;
};

/* ERR_USAGE for what does not go together, ERR_COLUMN for the cluster's column, ERR_VALUE for
   a row without a cluster. */
bool fitting_settle(const struct fitting_words *words, const struct prepared *p, size_t replicates,
                    struct fitting *f, struct arena *keep, struct err *err);

/* Least squares without bounds, errors by weights, Student's t? */
bool fitting_is_plain(const struct fitting *f);

/* One line of a table's note: loss, covariance, limits. */
const char *fitting_note(const struct fitting *f, const struct prepared *p, struct arena *keep);

/* The bounds of a model's parameters, NULL where it has none. */
void fitting_bounds(const struct fitting *f, const char *const *param, size_t n_params,
                    struct curve_options *options, struct arena *keep);

/* Every name of --bounds must be a parameter; NULL, or the first that is not. */
const char *fitting_unknown_bound(const struct fitting *f, const char *const *param, size_t n);

bool fitting_bad_bound(const char *value, const char *what, const char *mend, struct err *err);

/* Are there limits that a fit alone does not give? */
bool fitting_looks_further(const struct fitting *f);

/* The replicates, where limits or bands need them; else NULL. */
double *fitting_replicates(const struct fitting *f, const struct regression *r,
                           const struct curve_options *options, const struct fit *fit,
                           uint64_t task, struct arena *keep);

/* fit->conf_low and fit->conf_high, unless they are Student's t. */
void fitting_limits(const struct fitting *f, const struct regression *r,
                    const struct curve_options *options, const double *replicate, struct fit *fit,
                    double conf_level, struct arena *keep);

#endif
