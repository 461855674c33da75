/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_COUNT_KIND_H
#define MODELS_COUNT_KIND_H

#include "models/count/distribution.h"

/* How the zeros of a count come about, as data.  To add one: write models/count/kind_NAME.c
   and add X(NAME). */
#define COUNT_KIND_LIST(X) X(plain) X(hurdle) X(zero_inflated)

/* What the density of a count depends on. */
struct count_at {
    double eta;       /* log mean of the count distribution */
    double zeta;      /* logit of the zero part's probability */
    double log_theta; /* of the negative binomial */
};

enum { COUNT_ETA, COUNT_ZETA, COUNT_LOG_THETA, COUNT_PREDICTORS };

struct count_kind {
    const char *name, *title, *source;
    bool has_zero_part;
    bool truncated; /* the count part rests on positive counts alone */
    bool mixture;   /* a zero may be of two kinds: the likelihood may have several maxima */
    /* log P(y).  Unless NULL, first [3] and second [9] get its derivatives in the order above. */
    double (*log_density)(const struct count_distribution *d, double y, const struct count_at *at,
                          double first[], double second[]);
    /* E(y).  Unless NULL, first [3] gets its derivatives. */
    double (*mean)(const struct count_distribution *d, const struct count_at *at, double first[]);
};

#define X(word) extern const struct count_kind count_kind_##word;
COUNT_KIND_LIST(X)
#undef X

extern const struct count_kind *const count_kinds[];
extern const size_t n_count_kinds;

const struct count_kind *count_kind_find(const char *name); /* NULL if there is none */

/* ---- for the files of this family ---- */

/* The distribution's log density with derivatives in the places of a kind's. */
double count_log_density(const struct count_distribution *d, double y, const struct count_at *at,
                         double first[], double second[]);

/* log(e^z / (1 + e^z)). */
double count_log_logistic(double z);

#endif
