/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_IMPORTANCE_IMPORTANCE_H
#define MODELS_IMPORTANCE_IMPORTANCE_H

#include "models/subset/candidates.h"

/* Relative importance: how R^2 is shared out among the terms of a model (Groemping 2006, J.
   Statist. Softw. 17(1); Johnson & LeBreton 2004, Organ. Res. Methods 7, 238-257).  What forced
   terms explain comes first and is not shared out.  To add a method: write
   models/importance/importance_NAME.c and add X(NAME). */
#define IMPORTANCE_LIST(X) \
    X(lmg)                 \
    X(johnson)             \
    X(first)               \
    X(last)                \
    X(pratt)               \
    X(standardized)

enum {
    IMPORTANCE_MAX_TERMS = 20,    /* free terms: all 2^n subsets are met */
    IMPORTANCE_MAX_TERMS_GLM = 10 /* and fitted one by one */
};

/* What the methods see. */
struct importance_data {
    const struct subset_tree *tree; /* of the free terms, forced ones taken out */
    const double *r_squared;        /* [2^n] of each subset with the forced terms; NaN where a
                                       margin is missing */
    const double *before, *after;   /* [2^n] orders in which a subset can be built up, and be gone
                                       on from, no term before its margins; 0: it cannot be */
    const double *triangle;   /* [(k + 1)^2] of all columns and y, k = columns; least squares */
    size_t columns, n_always; /* of which so many are always there, */
    bool intercept;           /* the first of them a constant */
    double total;             /* sum of squares of y that R^2 is a share of */
};

struct importance_method {
    const char *name, *title, *source;
    bool sums;   /* do the terms' figures add up to what they explain together? */
    bool linear; /* of least squares only */
    void (*estimate)(const struct importance_data *d, double *estimate, struct arena *scratch);
};

#define X(word) extern const struct importance_method importance_##word;
IMPORTANCE_LIST(X)
#undef X

extern const struct importance_method *const importance_methods[];
extern const size_t n_importance_methods;

const struct importance_method *importance_find(const char *name); /* NULL if there is none */

struct importance_options {
    double conf_level;
    size_t replicates; /* 0: no intervals; of least squares only */
    uint64_t seed;
    size_t threads; /* 0: all; no figure depends on it */
    const uint32_t
        *cluster; /* [design->n] 0 .. n_clusters - 1: whole clusters are drawn; NULL: rows */
    size_t n_clusters;
};

/* A term's figure; what is not available is NaN.  Limits are the percentiles of a bootstrap that
   draws rows, or clusters of rows (Efron & Tibshirani 1993, An Introduction to the Bootstrap, ch.
   13). */
struct importance {
    double estimate, share; /* share: of the terms' sum, of methods that add up */
    double conf_low, conf_high;
};

/* status  FIT_OK, or as subset_table.status; FIT_PERFECT is no hindrance; that of a fit which
           failed, of other models */
struct importance_table {
    enum fit_status status;
    size_t n;           /* free terms */
    const size_t *term; /* [n] of the formula */
    uint64_t excluded;
    const char *measure;                       /* what is shared out: "R^2", "McFadden's R^2",
                                                  "share of the deviance" */
    double r_squared, forced_r_squared;        /* of all terms; of the forced alone */
    const struct importance *const *of_method; /* [n_importance_methods][n]; NULL: not available */
};

/* Least squares for the Gaussian family of identity link; of others McFadden's 1 - l/l0 where the
   dispersion is known, else the share of the null deviance (Azen & Traxel 2009, J. Educ. Behav.
   Statist. 34, 319-347; Cameron & Windmeijer 1997, J. Econometrics 77, 329-342).
   Precondition: free terms up to the limits above. */
void relative_importance(const struct design *d, const struct glm_options *options,
                         const struct subset_terms *terms, const struct importance_options *o,
                         struct importance_table *table, struct arena *keep);

#endif
