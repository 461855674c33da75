/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "models/correlation/polychoric_fit.h"
#include "models/correlation/polychoric_information.h"

enum { MOST_STEPS = 200 };

/* rho = tanh(z) stays below 1 in doubles. */
static const double largest_z = 17;

/* A point of the joint fit: limits and z = atanh(rho). */
struct point {
    double *row, *col, z;
};

static bool ascending(const double *cut, size_t n_levels)
{
    for (size_t i = 1; i < n_levels; i++)
        if (!(cut[i] > cut[i - 1]))
            return false;
    return true;
}

static struct point point_new(const struct latent_table *t, double rho, struct arena *keep)
{
    return (struct point){arena_copy(keep, t->row_cut, t->rows + 1, sizeof(double)),
                          arena_copy(keep, t->col_cut, t->cols + 1, sizeof(double)), atanh(rho)};
}

static double log_lik_of(const struct latent_table *t, const struct point *p, double *room)
{
    if (!ascending(p->row, t->rows) || !ascending(p->col, t->cols))
        return -INFINITY;
    return polychoric_log_lik(t, p->row, p->col, tanh(p->z), room);
}

/* to = from + share * step; [rows - 1] steps of row thresholds, columns, z. */
static void move(const struct latent_table *t, const struct point *from, const double *step,
                 double share, struct point *to)
{
    size_t r = t->rows - 1, c = t->cols - 1;
    for (size_t i = 0; i < r; i++)
        to->row[i + 1] = from->row[i + 1] + share * step[i];
    for (size_t j = 0; j < c; j++)
        to->col[j + 1] = from->col[j + 1] + share * step[r + j];
    to->z = fmax(-largest_z, fmin(largest_z, from->z + share * step[r + c]));
}

/* From derivatives in rho to those in z. */
static void turn_to_z(struct polychoric_information *at, double z)
{
    size_t m = at->m, last = m - 1;
    double by_z = 1 / (cosh(z) * cosh(z)), slope = at->slope[last];
    for (size_t i = 0; i < m; i++) {
        double times = i == last ? by_z * by_z : by_z;
        at->observed[i * m + last] *= times;
        at->expected[i * m + last] *= times;
        if (i < last) {
            at->observed[last * m + i] *= by_z;
            at->expected[last * m + i] *= by_z;
        }
    }
    at->observed[m * m - 1] += 2 * tanh(z) * by_z * slope;
    at->slope[last] = slope * by_z;
}

/* Newton's step, or Fisher's where the likelihood is not concave; its largest part. */
static double direction(const struct latent_table *t, const struct point *p,
                        struct polychoric_information *at, double *step)
{
    double largest = 0;
    polychoric_information_at(t, p->row, p->col, tanh(p->z), false, at);
    turn_to_z(at, p->z);
    if (!latent_information_inverse(at->observed, at->m, at->inverse)) {
        polychoric_information_at(t, p->row, p->col, tanh(p->z), true, at);
        turn_to_z(at, p->z);
        if (!latent_information_inverse(at->expected, at->m, at->inverse))
            return NAN;
    }
    for (size_t i = 0; i < at->m; i++) {
        step[i] = 0;
        for (size_t j = 0; j < at->m; j++)
            step[i] += at->inverse[i * at->m + j] * at->slope[j];
        largest = fmax(largest, fabs(step[i]));
    }
    return largest;
}

/* Halves the step until it climbs.  A step so short that the likelihood cannot tell is
   taken as it is. */
static bool climb(const struct latent_table *t, struct point *at, struct point *next,
                  const double *step, double largest, double *log_lik, double *room)
{
    for (double share = fmin(1, 1 / largest); share * largest > 1e-15; share /= 2) {
        move(t, at, step, share, next);
        double reached = log_lik_of(t, next, room);
        if (reached >= *log_lik || (largest < 1e-5 && share == 1)) {
            struct point swap = *at;
            *at = *next;
            *next = swap;
            *log_lik = reached;
            return true;
        }
    }
    return false;
}

static enum fit_status search(const struct latent_table *t, struct point *p, size_t *n_iter,
                              struct polychoric_information *info, struct arena *keep)
{
    struct point next = point_new(t, 0, keep);
    double *step = ARENA_NEW(keep, double, info->m), log_lik = log_lik_of(t, p, info->p);
    for (*n_iter = 1; *n_iter <= MOST_STEPS; ++*n_iter) {
        double largest = direction(t, p, info, step);
        if (isnan(largest))
            return FIT_SINGULAR;
        if (largest < 1e-11)
            return FIT_CONVERGED;
        if (!climb(t, p, &next, step, largest, &log_lik, info->p))
            return FIT_NO_PROGRESS;
    }
    return FIT_MAX_ITER;
}

static void joint_errors(const struct latent_table *t, struct polychoric_fit *fit,
                         struct polychoric_information *at, struct arena *keep)
{
    double *row = ARENA_NEW(keep, double, t->rows + 1), *col = ARENA_NEW(keep, double, t->cols + 1);
    size_t r = t->rows - 1, m = at->m;
    polychoric_information_at(t, fit->row_cut, fit->col_cut, fit->rho, false, at);
    fit->std_error_given_cuts = 1 / sqrt(at->observed[m * m - 1]);
    if (!latent_information_inverse(at->observed, m, at->inverse)) {
        fit->status = FIT_SINGULAR;
        return;
    }
    row[0] = row[t->rows] = col[0] = col[t->cols] = NAN;
    for (size_t i = 0; i < r; i++)
        row[i + 1] = sqrt(at->inverse[i * m + i]);
    for (size_t j = r; j + 1 < m; j++)
        col[j - r + 1] = sqrt(at->inverse[j * m + j]);
    fit->row_error = row;
    fit->col_error = col;
    fit->std_error = sqrt(at->inverse[m * m - 1]);
}

struct polychoric_fit polychoric_joint(const struct latent_table *t, bool errors,
                                       struct arena *keep)
{
    struct polychoric_fit fit = polychoric_start(t, keep);
    if (fit.status == FIT_CONVERGED) {
        struct polychoric_information info = polychoric_information_new(t, keep);
        struct point p = point_new(t, fit.rho, keep);
        fit.status = search(t, &p, &fit.n_iter, &info, keep);
        fit.rho = tanh(p.z);
        fit.row_cut = p.row;
        fit.col_cut = p.col;
        fit.log_lik = log_lik_of(t, &p, info.p);
        if (errors)
            joint_errors(t, &fit, &info, keep);
    }
    polychoric_judge(t, &fit);
    return fit;
}
