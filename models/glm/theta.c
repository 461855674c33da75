/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/glm/theta.h"

#include <math.h>

#include <gsl/gsl_sf_psi.h>

/* Above this a negative binomial and a Poisson are the same to all digits. */
#define LARGEST 1e12

enum { SHORT_SUM = 40, MAX_STEPS = 200 };

struct at {
    const double *beta;
    double theta;
};

/* The means are held while theta moves. */
struct held {
    const double *mu; /* [n] */
    double theta;
};

/* digamma(y + theta) - digamma(theta), and minus the same of trigamma: of a small count the sum
   of y terms, which does not cancel. */
static void psi_differences(double y, double theta, double *psi, double *psi_1)
{
    *psi = *psi_1 = 0;
    if (y > SHORT_SUM || y != floor(y)) {
        *psi = gsl_sf_psi(y + theta) - gsl_sf_psi(theta);
        *psi_1 = gsl_sf_psi_1(theta) - gsl_sf_psi_1(y + theta);
        return;
    }
    for (double j = 0; j < y; j++) {
        *psi += 1 / (theta + j);
        *psi_1 += 1 / ((theta + j) * (theta + j));
    }
}

/* Score and information of theta. */
static void add_theta(const struct rows_of *r, size_t i, const double *u, const void *context,
                      double *sum)
{
    const struct held *at = context;
    double y = r->y[i], w = r->w ? r->w[i] : 1, psi, psi_1;
    double mu = at->mu[i], whole = mu + at->theta;
    (void)u;
    psi_differences(y, at->theta, &psi, &psi_1);
    sum[0] += w * (psi - log1p(mu / at->theta) + (mu - y) / whole);
    sum[1] += w * (psi_1 - mu / (at->theta * whole) + (mu - y) / (whole * whole));
}

/* (y / mu - 1)^2, what it would be of Poisson, and the weight */
static void add_moments(const struct rows_of *r, size_t i, const double *u, const void *context,
                        double *sum)
{
    const struct held *at = context;
    double y = r->y[i], w = r->w ? r->w[i] : 1, mu = at->mu[i];
    (void)u;
    sum[0] += w * (y / mu - 1) * (y / mu - 1);
    sum[1] += w;
    sum[2] += w * ((y - mu) * (y - mu) - y) / 2;
}

struct means {
    const double *beta;
    double *mu;
};

static void put_mean(const struct rows_of *r, size_t i, const double *u, void *context)
{
    const struct means *means = context;
    (void)u;
    means->mu[i] = r->link->mean(rows_predictor(r, i, means->beta));
}

static double *means_at(const struct rows_of *r, const double *beta, struct arena *scratch)
{
    struct means means = {beta, ARENA_NEW(scratch, double, r->n)};
    rows_each(r, NULL, put_mean, &means);
    return means.mu;
}

/* The rows without their columns, for sums that rest on their means alone. */
static struct rows_of without_columns(const struct rows_of *r)
{
    struct rows_of bare = *r;
    bare.k = 0;
    return bare;
}

bool theta_is_infinite(const struct rows_of *r, const double *beta, struct arena *scratch)
{
    const struct held at = {means_at(r, beta, scratch), INFINITY};
    const struct rows_of bare = without_columns(r);
    double sum[3];
    rows_sum(&bare, NULL, 3, add_moments, &at, sum, scratch);
    return !(sum[2] > 0);
}

struct theta theta_fit(const struct rows_of *r, const double *beta, double start,
                       struct arena *scratch)
{
    double sum[3], last = INFINITY;
    struct held at = {means_at(r, beta, scratch), start};
    const struct rows_of bare = without_columns(r);
    if (!(start > 0)) {
        rows_sum(&bare, NULL, 3, add_moments, &at, sum, scratch);
        at.theta = fmin(fmax(sum[1] / sum[0], 1e-6), 1e6);
    }
    for (int step = 0; step < MAX_STEPS; step++) {
        rows_sum(&bare, NULL, 2, add_theta, &at, sum, scratch);
        double slope = at.theta * sum[0];
        double bend = at.theta * at.theta * sum[1] - slope; /* minus the second derivative */
        double move = bend > 0 ? slope / bend : copysign(1, slope);
        move = fmin(fmax(move, -2), 2);
        if (fabs(move) < 1e-14 || (fabs(move) < 1e-9 && fabs(move) >= last))
            return (struct theta){THETA_FOUND, at.theta, sqrt(1 / sum[1])};
        last = fabs(move);
        at.theta *= exp(move);
        if (at.theta > LARGEST)
            return (struct theta){THETA_INFINITE, INFINITY, NAN};
    }
    return (struct theta){THETA_NOT_FOUND, at.theta, NAN};
}

static void add_joint(const struct rows_of *r, size_t i, const double *u, const void *context,
                      double *sum)
{
    const struct at *at = context;
    size_t k = r->k, m = k + 1;
    double y = r->y[i], w = r->w ? r->w[i] : 1, theta = at->theta, psi, psi_1;
    double eta = rows_predictor(r, i, at->beta), mu = r->link->mean(eta), whole = mu + theta;
    double both = rows_weight_observed(r, i, eta);
    double cross = -w * theta * (y - mu) * r->link->slope(eta) / (whole * whole);
    psi_differences(y, theta, &psi, &psi_1);
    for (size_t a = 0; a < k; a++) {
        for (size_t b = 0; b < k; b++)
            sum[a * m + b] += both * u[a] * u[b];
        sum[a * m + k] += cross * u[a];
        sum[k * m + a] += cross * u[a];
    }
    sum[k * m + k] += w * theta *
                      (theta * (psi_1 - mu / (theta * whole) + (mu - y) / (whole * whole)) -
                       (psi - log1p(mu / theta) + (mu - y) / whole));
}

void theta_joint_information(const struct rows_of *r, const double *beta, const double *triangle,
                             double *information, struct arena *scratch)
{
    struct at at = {beta, r->theta};
    rows_sum(r, triangle, (r->k + 1) * (r->k + 1), add_joint, &at, information, scratch);
}
