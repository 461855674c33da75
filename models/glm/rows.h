/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_GLM_ROWS_H
#define MODELS_GLM_ROWS_H

#include "models/base/arena.h"
#include "models/design/design.h"
#include "models/glm/family.h"

/* The rows of a model in coordinates fit for computing, and what is summed over them.

   Column j of the design becomes (x - centre) * scale: about its mean where there is a column of
   ones, and of size about 1 by a power of two, so that neither units nor an origin far away cost
   digits.  Collinear columns are left out.  Rows are worked through in blocks of fixed size by
   any number of threads, and the blocks' results joined in their order: no sum depends on the
   number of threads, and nothing of the size of X is copied. */
struct rows_of {
    size_t n, p;
    const double *x; /* [n * p] */
    const double *y; /* [n] */
    const double *w; /* [n], 0: the row does not count; NULL: all one */
    const double *offset;
    double offset_mean; /* taken off where there is a column of ones */
    const struct family *family;
    const struct link *link;
    double theta;
    size_t threads;
    size_t k;               /* columns in use */
    size_t *column;         /* [k] of the design */
    size_t ones;            /* the k-th column of ones; k: none */
    double *centre, *scale; /* [k] */
};

/* Rows joined at a time, and as one task. */
enum { ROWS_BLOCK = 128, ROWS_TASK = 4096 };

/* Sets n, p, x, y, offset of the design, all its columns in use. */
void rows_init(struct rows_of *r, const struct design *d, const double *w, struct arena *keep);

/* Leaves columns out that depend on those before them: where what is left of one after the others
   is below 1e-11 of it (limited pivoting, as R's dqrdc2).  loose [p], if not NULL, is set for
   columns whose coefficient the rows do not determine: those left out, and those that they
   depend on. */
void rows_drop_collinear(struct rows_of *r, bool *loose, struct arena *scratch);

/* What one pass over the rows finds. */
struct pass {
    bool valid; /* every linear predictor and mean is within its domain; else all is NaN */
    double *r;  /* [(k + 1)^2] triangle of the QR of sqrt(W) u beside the Pearson residuals */
    double deviance, pearson;
    double size;    /* sum of w mean^2 / variance: what rounding of the means is measured by */
    double nearest; /* least distance of a mean from a border that its y lies on; INFINITY */
    double *part;   /* room for the blocks' own */
};

void pass_init(const struct rows_of *r, struct pass *pass, struct arena *keep);

/* At beta [k]; or, beta NULL, at each row's own first mean, where the last column holds the
   residuals of the whole linear predictor: solving gives beta, not a step. */
void rows_pass(const struct rows_of *r, const double *beta, struct pass *pass);

/* Linear predictor of row i, and its coordinates u [k]. */
double rows_predictor(const struct rows_of *r, size_t i, const double *beta);
void rows_coordinates(const struct rows_of *r, size_t i, double *u);

/* t [k] becomes R^-T u for a triangle [(k + 1)^2]. */
void rows_whiten(const struct rows_of *r, const double *triangle, const double *u, double *t);

/* IRLS weight w slope^2 / variance of row i at eta, and the weight of the observed information. */
double rows_weight(const struct rows_of *r, size_t i, double eta);
double rows_weight_observed(const struct rows_of *r, size_t i, double eta);

/* Sums and visits of rows in any thread, with their coordinates u [k]; or, if `triangle`
   [(k + 1)^2] is not NULL, with R^-T u, in which the information of its pass is the identity.

   sum [m] over the rows of positive weight of what add() adds for row i. */
typedef void rows_add(const struct rows_of *r, size_t i, const double *u, const void *context,
                      double *sum);
void rows_sum(const struct rows_of *r, const double *triangle, size_t m, rows_add *add,
              const void *context, double *sum, struct arena *scratch);

/* visit() of every row: it writes to what belongs to the row only. */
typedef void rows_visit(const struct rows_of *r, size_t i, const double *u, void *context);
void rows_each(const struct rows_of *r, const double *triangle, rows_visit *visit, void *context);

/* beta [k] to the design's coefficients b [p] (unused: NaN); a covariance of beta [k * k] to one
   of b [p * p] (unused: 0). */
void rows_coefficients(const struct rows_of *r, const double *beta, double *b);
void rows_covariance(const struct rows_of *r, const double *v, double *vcov, struct arena *scratch);

#endif
