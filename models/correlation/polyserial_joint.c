/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "models/base/normal.h"
#include "models/correlation/polychoric_information.h"
#include "models/correlation/polyserial_fit.h"

enum { MOST_STEPS = 200 };

/* An ordered probit regression of the level on z: limits a[j] - b z. */
struct probit {
    size_t m;         /* parameters: the finite limits, then b */
    double *a, *next; /* [levels + 1], -inf .. +inf */
    double b;
    double log_lik;
    double *slope, *step;       /* [m] */
    double *observed, *inverse; /* [m * m] */
};

static double log_lik_of(const struct polyserial_data *d, const double *a, double b)
{
    double sum = 0;
    for (size_t j = 1; j < d->levels; j++)
        if (!(a[j] > a[j - 1]))
            return -INFINITY;
    for (size_t i = 0; i < d->n; i++)
        sum += d->w[i] *
               log(normal_between(a[d->level[i]] - b * d->z[i], a[d->level[i] + 1] - b * d->z[i]));
    return sum;
}

/* The likelihood is a function of two limits, low and high, with densities f: each has
   du/da = 1 and du/db = -z. */
static void add_observation(const struct polyserial_data *d, size_t i, struct probit *p)
{
    size_t level = d->level[i], last = p->m - 1;
    const size_t place[2] = {level > 0 ? level - 1 : last, level + 1 < d->levels ? level : last};
    const double u[2] = {p->a[level] - p->b * d->z[i], p->a[level + 1] - p->b * d->z[i]};
    double probability = normal_between(u[0], u[1]), g[2], h[2][2];
    for (size_t k = 0; k < 2; k++) {
        g[k] = (k == 0 ? -1 : 1) * normal_density(u[k]) / probability;
        h[k][k] = isinf(u[k]) ? 0 : g[k] * (g[k] + u[k]);
    }
    h[0][1] = h[1][0] = g[0] * g[1];
    for (size_t k = 0; k < 2; k++) {
        if (isinf(u[k]))
            continue;
        p->slope[place[k]] += d->w[i] * g[k];
        p->slope[last] -= d->w[i] * g[k] * d->z[i];
        for (size_t l = 0; l < 2; l++) {
            double w = isinf(u[l]) ? 0 : d->w[i] * h[k][l];
            p->observed[place[k] * p->m + place[l]] += w;
            p->observed[place[k] * p->m + last] -= w * d->z[i];
            p->observed[last * p->m + place[l]] -= w * d->z[i];
            p->observed[last * p->m + last] += w * d->z[i] * d->z[i];
        }
    }
}

static void derivatives(const struct polyserial_data *d, struct probit *p)
{
    memset(p->slope, 0, p->m * sizeof *p->slope);
    memset(p->observed, 0, p->m * p->m * sizeof *p->observed);
    for (size_t i = 0; i < d->n; i++)
        add_observation(d, i, p);
}

static bool climb(const struct polyserial_data *d, struct probit *p, double largest)
{
    for (double share = 1; share * largest > 1e-15; share /= 2) {
        for (size_t j = 1; j < d->levels; j++)
            p->next[j] = p->a[j] + share * p->step[j - 1];
        double b = p->b + share * p->step[p->m - 1], reached = log_lik_of(d, p->next, b);
        if (!(reached >= p->log_lik || (largest < 1e-6 && share == 1)))
            continue;
        memcpy(p->a, p->next, (d->levels + 1) * sizeof *p->a);
        p->b = b;
        p->log_lik = reached;
        return true;
    }
    return false;
}

/* Newton's method: the likelihood is concave. */
static enum fit_status search(const struct polyserial_data *d, struct probit *p, size_t *n_iter)
{
    p->log_lik = log_lik_of(d, p->a, p->b);
    for (*n_iter = 1; *n_iter <= MOST_STEPS; ++*n_iter) {
        double largest = 0, size = 1 + fabs(p->b);
        derivatives(d, p);
        if (!latent_information_inverse(p->observed, p->m, p->inverse))
            return FIT_SINGULAR;
        for (size_t i = 0; i < p->m; i++) {
            p->step[i] = 0;
            for (size_t j = 0; j < p->m; j++)
                p->step[i] += p->inverse[i * p->m + j] * p->slope[j];
            largest = fmax(largest, fabs(p->step[i]));
        }
        if (largest < 1e-11 * size)
            return FIT_CONVERGED;
        if (!climb(d, p, largest))
            return FIT_NO_PROGRESS;
    }
    return FIT_MAX_ITER;
}

static struct probit probit_from(const struct polyserial_data *d, double rho, struct arena *keep)
{
    size_t m = d->levels;
    double s = sqrt((1 - rho) * (1 + rho));
    struct probit p = {.m = m,
                       .a = ARENA_NEW(keep, double, m + 1),
                       .next = ARENA_NEW(keep, double, m + 1),
                       .b = rho / s,
                       .slope = ARENA_NEW(keep, double, m),
                       .step = ARENA_NEW(keep, double, m),
                       .observed = ARENA_NEW(keep, double, m *m),
                       .inverse = ARENA_NEW(keep, double, m *m)};
    for (size_t j = 0; j <= m; j++)
        p.a[j] = p.next[j] = d->cut[j] / s;
    return p;
}

/* By the delta method: rho and the cuts from a, b and the errors of mean (1 / n) and sd
   (1 / (2 n)), which are independent of the probit's. */
static void joint_errors(const struct polyserial_data *d, const struct probit *p,
                         struct polyserial_fit *fit, struct arena *keep)
{
    size_t m = p->m, last = m - 1;
    double s2 = (1 - fit->rho) * (1 + fit->rho), s = sqrt(s2), b = p->b;
    double var_b = p->inverse[last * m + last], var_t = var_b + b * b / (2 * d->size);
    double *error = ARENA_NEW(keep, double, m + 1);
    error[0] = error[m] = NAN;
    for (size_t j = 1; j < m; j++) {
        double by_t = -fit->cut[j] * fit->rho * s;
        error[j] =
            sqrt(s2 * p->inverse[(j - 1) * m + j - 1] + by_t * by_t * var_t +
                 2 * s * by_t * p->inverse[(j - 1) * m + last] + fit->rho * fit->rho / d->size);
    }
    fit->cut_error = error;
    fit->std_error = s2 * s * sqrt(var_t);
    fit->std_error_given = s2 * s * sqrt(var_b);
}

/* Levels that do not overlap along z are told apart as well as at each value of z alone: the
   log-likelihood of the shares of the levels there. */
static double limit_log_lik(const struct polyserial_data *d, struct arena *scratch)
{
    double sum = 0, *at = ARENA_NEW(scratch, double, d->levels);
    for (size_t i = 0, end; i < d->n; i = end) {
        double total = 0;
        for (end = i; end < d->n && d->z[end] == d->z[i]; end++) {
            at[d->level[end]] += d->w[end];
            total += d->w[end];
        }
        for (size_t j = 0; j < d->levels; j++) {
            sum += at[j] > 0 ? at[j] * log(at[j] / total) : 0;
            at[j] = 0;
        }
    }
    return sum;
}

struct polyserial_fit polyserial_joint(const struct polyserial_data *d, bool errors,
                                       struct arena *keep)
{
    struct polyserial_fit fit = polyserial_two_step(d, errors, keep);
    if (!d->concordant || !d->discordant) {
        fit.status = FIT_BOUNDARY;
        fit.rho = d->concordant ? 1 : -1;
        fit.std_error = fit.std_error_given = NAN;
        fit.log_lik = limit_log_lik(d, keep);
        return fit;
    }
    double start = fit.status == FIT_CONVERGED ? fit.rho : 0;
    struct probit p = probit_from(d, fmax(-0.99, fmin(0.99, start)), keep);
    double *cut = ARENA_NEW(keep, double, d->levels + 1);
    fit.status = search(d, &p, &fit.n_iter);
    fit.rho = p.b / sqrt(1 + p.b * p.b);
    for (size_t j = 0; j <= d->levels; j++)
        cut[j] = p.a[j] / sqrt(1 + p.b * p.b);
    fit.cut = cut;
    fit.log_lik = p.log_lik;
    fit.std_error = fit.std_error_given = NAN;
    if (errors && fit.status == FIT_CONVERGED)
        joint_errors(d, &p, &fit, keep);
    return fit;
}
