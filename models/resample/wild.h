/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_RESAMPLE_WILD_H
#define MODELS_RESAMPLE_WILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/base/arena.h"
#include "models/base/fit.h"

/* The wild cluster bootstrap of a t statistic (Cameron, Gelbach & Miller 2008, Rev. Econ. Statist.
   90, 414-427): each cluster's residuals, or scores, are multiplied by a random number of mean 0
   and variance 1.  Only sums by cluster enter (Roodman, MacKinnon, Nielsen & Webb 2019, Stata J.
   19, 4-60), so that a replicate costs the same whatever the number of rows.

   The numbers, equally probable; the first half are positive, the others their negatives.
   X(name, title) */
#define WILD_WEIGHTS_LIST(X)                                                   \
    X(rademacher, "1 and -1 (Davidson & Flachaire 2008)")                      \
    X(webb, "roots of 1/2, 1 and 3/2 and their negatives (Webb 2014, Queen's " \
            "Economics Department working paper 1315)")

struct wild_weights {
    const char *name, *title;
    size_t n_points;
    const double *point; /* [n_points] */
};

#define X(name, title) extern const struct wild_weights wild_weights_##name;
WILD_WEIGHTS_LIST(X)
#undef X

extern const struct wild_weights *const wild_weights_all[];
extern const size_t n_wild_weights;

const struct wild_weights *wild_weights_find(const char *name); /* NULL if there is none */

enum {
    WILD_REPLICATES = 9999, /* where options say 0 */
    WILD_FEW = 12           /* with fewer clusters, Webb's weights: 2^G signs are too few */
};

struct wild_options {
    const struct wild_weights *weights; /* NULL: webb for fewer than WILD_FEW, else rademacher */
    size_t replicates; /* 0: WILD_REPLICATES; where there are no more vectors of weights than
                          that, each is taken once, and p is exact */
    double conf_level; /* 0: no limits are looked for, status says nothing of them */
    uint64_t seed;
    size_t threads; /* 0: one per processor; no figure depends on it */
};

/* Scores of clusters about one coefficient, in coordinates theta in which the information of all
   rows is the identity.  The coefficient is `direction`'theta, in units of its own.  Under the null
   that it is less than its estimate by delta, cluster g has the score score_g + delta slope_g. */
struct wild_scores {
    size_t n_clusters, k;
    const double *score;     /* [n_clusters * k] */
    const double *slope;     /* [n_clusters * k], or NULL: scores that are of one null only */
    const double *bend;      /* [n_clusters * k] the information of the cluster times direction */
    const double *direction; /* [k] of length 1 */
};

/* t of a replicate as a function of delta: (top[0] + delta top[1]) /
   sqrt(square[0] + 2 delta square[1] + delta^2 square[2]). */
struct wild_t {
    double top[2], square[3];
};

struct wild_draws {
    const struct wild_weights *weights;
    size_t n;          /* of `t` */
    bool all;          /* each vector of weights, half of them: v and -v give the same |t| */
    double replicates; /* vectors of weights that they stand for */
    const struct wild_t *t;
    struct wild_t observed; /* all weights 1 */
};

/* Replicate r draws from rng_stream(seed, r). */
void wild_draw(const struct wild_scores *scores, const struct wild_options *options,
               struct wild_draws *draws, struct arena *keep);

/* The share of replicates whose |t| is at least that observed, all at delta; of random draws the
   observed one is counted as one more (Phipson & Smyth 2010), so that p is never 0.  Stata's
   boottest and fwildclusterboot count those above only: under all 2^G signs theirs is 2 / 2^G
   less.  NaN where t has no variance. */
double wild_p_value(const struct wild_draws *draws, double delta);

/* What a test says of one coefficient.
   status  FIT_CONVERGED; FIT_FEW_CLUSTERS: fewer than two, or too few for a limit at this level
           (it is infinite); FIT_UNIDENTIFIED: the coefficient has no estimate; FIT_PERFECT: nothing
   is left over; FIT_NO_PROGRESS: a restricted fit failed */
struct wild_test {
    enum fit_status status;
    size_t n_clusters; /* with rows of positive weight */
    const struct wild_weights *weights;
    double replicates;
    bool all;
    double statistic; /* t under the null */
    double p_value;   /* two-sided, |t| */
    double conf_low, conf_high;
};

/* The interval of the nulls that are not rejected: the nearest on each side of the estimate where
   p_value(null, context) falls to 1 - conf_level; infinite where it does not within `reach`
   standard errors, NaN where p is.  The limit is held to `digits` of a standard error. */
void wild_interval(double (*p_value)(double null, void *context), void *context, double estimate,
                   double std_error, double reach, double digits, double conf_level, double *low,
                   double *high);

/* Codes of clusters 0 .. n_clusters - 1 without gaps, in `code` [n]; rows whose w is 0 do not
   count.  Gives the number of clusters. */
size_t wild_clusters(size_t n, const uint32_t *given, size_t n_given, const double *w,
                     uint32_t *code, struct arena *scratch);

/* The test and the interval from scores with a slope, every null from the same draws.  `length`:
   the coefficient in the units of theta.  Sets all of `test` but n_clusters. */
void wild_linear_test(const struct wild_scores *scores, double length, double estimate, double null,
                      const struct wild_options *options, struct wild_test *test,
                      struct arena *scratch);

/* For those that search the nulls themselves: every figure NaN; what the draws at delta say; the
   cluster-robust standard error, without factors, in the units of theta; the status of what was
   found. */
void wild_test_init(struct wild_test *test, enum fit_status status);
void wild_take_draws(struct wild_test *test, const struct wild_draws *draws, double delta);
double wild_std_error(const struct wild_scores *scores);
void wild_settle(struct wild_test *test, bool limits);

#endif
