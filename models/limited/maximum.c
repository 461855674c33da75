/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/limited/maximum.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { MOST_STEPS = 300, MOST_HALVINGS = 60 };

/* Information below this, of a diagonal of one, is none. */
static const double least_information = 1e-13;

/* Gains below, and steps above, are those of a direction of recession. */
static const double no_gain = 1e-9, long_step = 0.02;

/* ---- the information, decomposed ---- */

/* minus the Hessian = S V diag(value) V' S, S diagonal. */
struct spectrum {
    size_t k;
    double *scale, *value, *vector; /* [k], [k], [k * k] columns are eigenvectors */
};

static struct spectrum spectrum_new(size_t k, struct arena *keep)
{
    return (struct spectrum){k, ARENA_NEW(keep, double, k), ARENA_NEW(keep, double, k),
                             ARENA_NEW(keep, double, k *k)};
}

/* One rotation that makes a_pq zero; the vectors turn along. */
static void rotate(double *a, double *v, size_t k, size_t p, size_t q)
{
    double apq = a[p * k + q];
    if (apq == 0)
        return;
    double half = (a[q * k + q] - a[p * k + p]) / (2 * apq);
    double t = (half < 0 ? -1 : 1) / (fabs(half) + hypot(half, 1)), c = 1 / hypot(t, 1), s = t * c;
    for (size_t i = 0; i < k; i++) {
        double x = a[i * k + p], y = a[i * k + q];
        a[i * k + p] = c * x - s * y;
        a[i * k + q] = s * x + c * y;
    }
    for (size_t i = 0; i < k; i++) {
        double x = a[p * k + i], y = a[q * k + i];
        a[p * k + i] = c * x - s * y;
        a[q * k + i] = s * x + c * y;
        x = v[i * k + p];
        y = v[i * k + q];
        v[i * k + p] = c * x - s * y;
        v[i * k + q] = s * x + c * y;
    }
    a[p * k + q] = a[q * k + p] = 0;
}

/* Jacobi's method, cyclic, which keeps the small eigenvalues of a matrix with a diagonal of one
   (Demmel & Veselic 1992, SIAM J. Matrix Anal. Appl. 13, 1204-1245).  Destroys a. */
static void eigen(double *a, struct spectrum *s)
{
    size_t k = s->k;
    for (size_t j = 0; j < k * k; j++)
        s->vector[j] = j / k == j % k;
    for (int sweep = 0; sweep < 60; sweep++) {
        double off = 0;
        for (size_t p = 0; p < k; p++)
            for (size_t q = p + 1; q < k; q++) {
                double size = sqrt(fabs(a[p * k + p] * a[q * k + q]));
                off = fmax(off, fabs(a[p * k + q]) / fmax(size, 1e-30));
                rotate(a, s->vector, k, p, q);
            }
        if (off < 1e-15)
            break;
    }
    for (size_t j = 0; j < k; j++)
        s->value[j] = a[j * k + j];
}

/* False if the Hessian is not finite. */
static bool decompose(const double *hessian, struct spectrum *s, struct arena *scratch)
{
    size_t k = s->k;
    double *a = ARENA_NEW(scratch, double, k *k);
    for (size_t j = 0; j < k; j++) {
        double d = fabs(hessian[j * k + j]);
        s->scale[j] = d > 0 ? sqrt(d) : 1;
    }
    for (size_t j = 0; j < k * k; j++) {
        a[j] = -hessian[j] / (s->scale[j / k] * s->scale[j % k]);
        if (!isfinite(a[j]))
            return false;
    }
    eigen(a, s);
    return true;
}

/* V' S^-1 g of eigenvector e. */
static double along(const struct spectrum *s, size_t e, const double g[])
{
    double sum = 0;
    for (size_t j = 0; j < s->k; j++)
        sum += s->vector[j * s->k + e] * g[j] / s->scale[j];
    return sum;
}

/* The ascending step [k]; returns twice the gain that it promises. */
static double step_of(const struct spectrum *s, const double g[], double step[])
{
    double gain = 0;
    memset(step, 0, s->k * sizeof *step);
    for (size_t e = 0; e < s->k; e++) {
        double value = fmax(fabs(s->value[e]), least_information), part = along(s, e, g);
        gain += part * part / value;
        for (size_t j = 0; j < s->k; j++)
            step[j] += s->vector[j * s->k + e] * part / value / s->scale[j];
    }
    return gain;
}

/* (-H)^-1 of the eigenvalues above `least`. */
static void invert(const struct spectrum *s, double least, double *inverse)
{
    size_t k = s->k;
    memset(inverse, 0, k * k * sizeof *inverse);
    for (size_t e = 0; e < k; e++)
        for (size_t i = 0; s->value[e] > least && i < k; i++)
            for (size_t j = 0; j < k; j++)
                inverse[i * k + j] += s->vector[i * k + e] * s->vector[j * k + e] / s->value[e] /
                                      (s->scale[i] * s->scale[j]);
}

static double least_value(const struct spectrum *s)
{
    double least = INFINITY;
    for (size_t e = 0; e < s->k; e++)
        least = fmin(least, s->value[e]);
    return least;
}

/* ---- steps ---- */

static double largest(const double *x, size_t k)
{
    double most = 0;
    for (size_t j = 0; j < k; j++)
        most = fmax(most, fabs(x[j]));
    return most;
}

/* Where Newton's method stands. */
struct state {
    double *gradient, *hessian, *step, *trial;
    struct spectrum spectrum;
    double log_lik; /* at theta, and its derivatives where they are `fresh` */
    bool fresh;
    double unit; /* mean weight of the rows: gains are measured in it */
    double gain, length, length_before;
    size_t n_recession; /* steps in a row along a direction of recession */
};

static double mean_weight(const struct likelihood *l)
{
    double sum = 0, n = 0;
    for (size_t i = 0; i < l->n; i++)
        if (!l->w || l->w[i] > 0) {
            sum += l->w ? l->w[i] : 1;
            n++;
        }
    return sum > 0 ? sum / n : 1;
}

static struct state state_new(const struct likelihood *l, struct arena *keep)
{
    size_t k = l->n_params;
    return (struct state){.gradient = ARENA_NEW(keep, double, k),
                          .hessian = ARENA_NEW(keep, double, k *k),
                          .step = ARENA_NEW(keep, double, k),
                          .trial = ARENA_NEW(keep, double, k),
                          .spectrum = spectrum_new(k, keep),
                          .unit = mean_weight(l),
                          .length_before = INFINITY};
}

/* Moves theta by the largest of the step's halves that does not lose; false if none.  The first,
   which mostly is taken, is tried with its derivatives. */
static bool move(const struct likelihood *l, double theta[], struct state *s, struct arena *scratch)
{
    size_t k = l->n_params;
    double most = 10 * (1 + largest(theta, k)), slack = 1e-13 * (s->unit + fabs(s->log_lik));
    double share = fmin(1, most / s->length);
    for (int h = 0; h < MOST_HALVINGS; h++, share /= 2) {
        for (size_t j = 0; j < k; j++)
            s->trial[j] = theta[j] + share * s->step[j];
        arena_reset(scratch);
        s->fresh = h == 0;
        double trial = likelihood_at(l, s->trial, s->fresh ? s->gradient : NULL,
                                     s->fresh ? s->hessian : NULL, scratch);
        if (!(trial >= s->log_lik - (s->gain < 1e-6 * s->unit ? slack : 0)))
            continue;
        memcpy(theta, s->trial, k * sizeof *theta);
        s->log_lik = trial;
        return true;
    }
    return false;
}

/* Is theta as good as doubles allow?  Steps that no longer shrink are rounding, unless they still
   promise a gain: then theta is only large. */
static bool finished(const struct state *s, const double theta[], size_t k)
{
    double size = 1 + largest(theta, k);
    if (s->length <= 1e-14 * size)
        return true;
    return s->length <= 1e-7 * size && s->length > s->length_before / 4 &&
           s->gain <= 1e-6 * s->unit;
}

static enum fit_status iterate(const struct likelihood *l, double theta[], struct state *s,
                               struct maximum *max, struct arena *scratch)
{
    size_t k = l->n_params;
    for (max->n_iter = 1; max->n_iter <= MOST_STEPS; max->n_iter++) {
        arena_reset(scratch);
        if (!s->fresh)
            s->log_lik = likelihood_at(l, theta, s->gradient, s->hessian, scratch);
        max->log_lik = s->log_lik;
        if (!isfinite(max->log_lik) || !decompose(s->hessian, &s->spectrum, scratch))
            return max->n_iter == 1 ? FIT_NO_START : FIT_NO_PROGRESS;
        s->gain = step_of(&s->spectrum, s->gradient, s->step);
        s->length = largest(s->step, k);
        if (finished(s, theta, k))
            return FIT_CONVERGED;
        bool recession = s->gain < no_gain * s->unit && s->length > long_step;
        s->n_recession = recession ? s->n_recession + 1 : 0;
        if (s->n_recession == 3)
            return FIT_SEPARATION;
        if (!move(l, theta, s, scratch))
            return s->gain < 1e-12 * (s->unit + fabs(max->log_lik)) ? FIT_CONVERGED
                                                                    : FIT_NO_PROGRESS;
        s->length_before = s->length;
    }
    return FIT_MAX_ITER;
}

void maximum_find(const struct likelihood *l, double theta[], struct maximum *max,
                  struct arena *keep)
{
    size_t k = l->n_params;
    struct arena *scratch = arena_new();
    struct state s = state_new(l, keep);
    *max = (struct maximum){.log_lik = NAN, .inverse = ARENA_NEW(keep, double, k *k)};
    max->status = iterate(l, theta, &s, max, scratch);
    double least = least_value(&s.spectrum);
    if (max->status == FIT_CONVERGED && k > 0 && least < 100 * least_information)
        max->status = least < -1e-8 ? FIT_NO_PROGRESS : FIT_SINGULAR;
    max->score = sqrt(s.gain);
    invert(&s.spectrum, max->status == FIT_SEPARATION ? 1e-7 : least_information, max->inverse);
    if (max->status == FIT_SEPARATION)
        max->direction = s.step;
    arena_free(scratch);
}
