/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_SCORING_AUC_H
#define MODELS_SCORING_AUC_H

#include "models/scoring/predictions.h"

/* The area under the ROC curve: how often an event has a higher score than a row without one, ties
   counted half (Mann & Whitney 1947, Ann. Math. Statist. 18, 50-60), with the standard error of
   DeLong, DeLong & Clarke-Pearson (1988, Biometrics 44, 837-845) from mid-ranks in O(n log n) (Sun
   & Xu 2014, IEEE Signal Process. Lett. 21, 1389-1393).  Figures that do not exist are NaN.

   Frequencies give the figures of the expanded rows.  With sampling weights the area is that of the
   weighted rows and its error the linearised one of rows drawn with unequal chances, each class by
   itself; with equal weights that is DeLong's.

   With clusters the error is that of clusters drawn together, of the sums of what their rows move
   (Obuchowski 1997, Biometrics 53, 567-578, with one factor G/(G - 1)), and intervals and tests are
   Student's with G - 1 degrees of freedom; they hold from some 30 clusters on.

   status  ok
           too few observations  no row; or one event, one other row or one cluster only: no error,
                                 no interval
           no variation          one class only: no area; or one score for all: an area of 1/2
           perfect fit           an area of 1 or 0.  Here, and with one score for all, DeLong's
   error is 0 and no interval can be made of it outside the domain    as predictions_status() */
struct auc {
    enum fit_status status;
    double n, n_events; /* sums of the weights; with sampling weights numbers of rows */
    double estimate, std_error;
    /* estimate +- quantile std_error, cut at 0 and 1: what pROC's ci.auc() gives by default. */
    double conf_low, conf_high;
    /* The same on the logit scale, put back: never beyond 0 or 1, and nearer to its level where
       the area is high or events are few (Pepe 2003, The Statistical Evaluation of Medical Tests
       for Classification and Prediction, sec. 5.2). */
    double logit_low, logit_high;
};

struct auc auc_delong(const struct predictions *s, double conf_level, struct arena *scratch);

/* The first area less the second.
   status  ok; that of the area that has no error; no variation: the difference has no error, and no
           test (of two scores that order the rows alike it is 0) */
struct auc_difference {
    enum fit_status status;
    double estimate, std_error;
    double statistic, df, p_value; /* two-sided; df NaN: normal */
    double conf_low, conf_high;    /* estimate +- quantile * std_error */
};

/* Two scores of the same rows, s->p and other [s->n], by the covariance of their placements
   (DeLong et al. 1988): z, as pROC's roc.test(paired = TRUE). */
struct auc_difference auc_paired(const struct predictions *s, const double *other,
                                 double conf_level, struct arena *scratch);

/* Two areas of different rows: t with the degrees of freedom of Welch and Satterthwaite from the
   numbers of rows, as pROC's roc.test(paired = FALSE). */
struct auc_difference auc_unpaired(const struct auc *a, const struct auc *b, double conf_level);

#endif
