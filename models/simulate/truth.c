/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/simulate/truth.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include <gsl/gsl_integration.h>

enum { N_NODES = 40 };

#define X(code, word) word,
const char *const true_scale_words[N_TRUE_SCALES] = {TRUE_SCALE_LIST(X)};
const char *const true_outcome_words[N_TRUE_OUTCOMES] = {TRUE_OUTCOME_LIST(X)};
#undef X

/* One point of the integral: a style, a propensity, an answer, its weight. */
struct point {
    const struct style *style;
    double p, weight;
    int x;
};

/* First and second moment about zero. */
struct moments {
    double first, second;
};

static double binomial_probability(int k, int n, double p)
{
    double coefficient = 1;
    for (int i = 1; i <= k; i++)
        coefficient = coefficient * (n - k + i) / i;
    return coefficient * pow(p, k) * pow(1 - p, n - k);
}

double true_retention(const struct true_cell *cell, const struct cell_truth *truth, int x, double p)
{
    double z = p - truth->propensity[x - 1];
    double q = cell->retained_at_1 + cell->retained_slope * (x - 1) + cell->retained_beyond * z;
    assert(q > 0 && q < 1);
    return q;
}

double true_spend_if_retained(const struct true_cell *cell, const struct cell_truth *truth, int x,
                              double p)
{
    double beyond = 1 + cell->spend_beyond * (p - truth->propensity[x - 1]);
    assert(beyond > 0);
    return cell->curve->mean(x, cell->parameter) * beyond / true_retention(cell, truth, x, p);
}

/* The activity of those who answer; gives the second moment of the levels. */
static double scale_activity(struct cell_truth *truth)
{
    double weight = 0, first = 0, second = 0;
    for (size_t i = 0; i < N_ACTIVITIES; i++) {
        double w = activities[i].share * activities[i].response;
        weight += w;
        first += w * activities[i].level;
        second += w * activities[i].level * activities[i].level;
    }
    for (size_t i = 0; i < N_ACTIVITIES; i++)
        truth->activity[i] = activities[i].level * weight / first;
    truth->response = weight;
    return second / weight / (first / weight * (first / weight));
}

/* All points of the integral, weights adding up to 1. */
static void make_points(const struct true_cell *cell, struct point points[], double *response)
{
    gsl_integration_fixed_workspace *rule = gsl_integration_fixed_alloc(
        gsl_integration_fixed_jacobi, N_NODES, 0, 1, cell->beta - 1, cell->alpha - 1);
    assert(rule);
    const double *node = gsl_integration_fixed_nodes(rule);
    const double *weight = gsl_integration_fixed_weights(rule);
    double all = 0, answering = 0;
    size_t n = 0;
    for (size_t i = 0; i < N_NODES; i++) {
        double w = weight[i] * response_of_propensity(node[i]);
        all += weight[i];
        answering += w;
        for (size_t s = 0; s < N_STYLES; s++)
            for (int x = 1; x <= N_POINTS; x++) {
                double stated = styles[s].low + styles[s].gain * node[i];
                double given = binomial_probability(x - 1, N_POINTS - 1, stated);
                points[n++] = (struct point){&styles[s], node[i], w * styles[s].share * given, x};
            }
    }
    gsl_integration_fixed_free(rule);
    for (size_t i = 0; i < n; i++)
        points[i].weight /= answering;
    *response *= answering / all;
}

/* A part of an answer: weight * Binomial(n, low + gain q), where q goes from at_0 to
   at_1 as the experience u does from 0 to 1. */
struct part {
    double weight, n, at_0, at_1;
};

/* Moments of base + the sum of the parts; u ~ Beta(2, 2): mean 1/2, variance 1/20. */
static struct moments sum_of_parts(double base, const struct part part[], size_t n_parts,
                                   const struct style *style)
{
    const double u_mean = 0.5, u_variance = 0.05;
    double mean = base, slope = 0, noise = 0;
    for (size_t j = 0; j < n_parts; j++) {
        const struct part *k = &part[j];
        double centre = style->low + style->gain * (k->at_0 + (k->at_1 - k->at_0) * u_mean);
        double b = style->gain * (k->at_1 - k->at_0);
        mean += k->weight * k->n * centre;
        slope += k->weight * k->n * b;
        noise += k->weight * k->weight * k->n * (centre * (1 - centre) - b * b * u_variance);
    }
    return (struct moments){mean, mean * mean + noise + slope * slope * u_variance};
}

static struct moments satisfaction_moments(const struct point *at)
{
    double p = at->p;
    struct part part[1 + N_ITEMS] = {
        {1, N_COMMON, satisfaction_probability(p, 0), satisfaction_probability(p, 1)}};
    for (size_t j = 0; j < N_ITEMS; j++)
        part[1 + j] = (struct part){1.0 / N_ITEMS, N_POINTS - 1 - N_COMMON,
                                    satisfaction_probability(p, 0) + item_ease[j],
                                    satisfaction_probability(p, 1) + item_ease[j]};
    return sum_of_parts(1, part, 1 + N_ITEMS, at->style);
}

static struct moments recommend_moments(const struct point *at)
{
    struct part part = {1, 10, recommend_probability(at->p, 0), recommend_probability(at->p, 1)};
    return sum_of_parts(0, &part, 1, at->style);
}

static void scale_moments(const struct point *at, struct moments m[N_TRUE_SCALES])
{
    m[SCALE_INTENT] = (struct moments){at->x, at->x * at->x};
    m[SCALE_SATISFACTION] = satisfaction_moments(at);
    m[SCALE_RECOMMEND] = recommend_moments(at);
    m[SCALE_PROPENSITY] = (struct moments){at->p, at->p * at->p};
}

static void outcome_moments(const struct true_cell *cell, const struct cell_truth *truth,
                            double activity_second, const struct point *at,
                            struct moments m[N_TRUE_OUTCOMES])
{
    double q = true_retention(cell, truth, at->x, at->p);
    double f = cell->further, spend = true_spend_if_retained(cell, truth, at->x, at->p);
    double further_second = f + f * f * activity_second * (1 + 1 / cell->size);
    m[OUTCOME_RETAINED] = (struct moments){q, q};
    m[OUTCOME_PURCHASES] = (struct moments){q * (1 + f), q * (1 + 2 * f + further_second)};
    m[OUTCOME_SPEND] =
        (struct moments){q * spend, q * spend * spend * activity_second * (1 + 1 / cell->shape)};
}

/* What is known before behaviour: P(x) and E(p | x). */
static void fill_points(const struct point points[], size_t n, struct cell_truth *truth)
{
    for (size_t i = 0; i < n; i++) {
        truth->point_share[points[i].x - 1] += points[i].weight;
        truth->propensity[points[i].x - 1] += points[i].weight * points[i].p;
    }
    for (size_t k = 0; k < N_POINTS; k++)
        truth->propensity[k] /= truth->point_share[k];
}

static void standardise(struct cell_truth *truth)
{
    for (size_t s = 0; s < N_TRUE_SCALES; s++)
        truth->scale_sd[s] = sqrt(truth->scale_sd[s] - truth->scale_mean[s] * truth->scale_mean[s]);
    for (size_t o = 0; o < N_TRUE_OUTCOMES; o++) {
        double mean = truth->outcome_mean[o];
        truth->outcome_sd[o] = sqrt(truth->outcome_sd[o] - mean * mean);
        for (size_t s = 0; s < N_TRUE_SCALES; s++) {
            double r = (truth->correlation[s][o] - truth->scale_mean[s] * mean) /
                       (truth->scale_sd[s] * truth->outcome_sd[o]);
            truth->correlation[s][o] = fabs(r) < 1e-12 ? 0 : r; /* below the rounding of the sums */
        }
    }
}

void cell_truth(const struct true_cell *cell, struct cell_truth *truth)
{
    struct point points[N_NODES * N_STYLES * N_POINTS];
    const size_t n = sizeof points / sizeof *points;
    memset(truth, 0, sizeof *truth);
    double activity_second = scale_activity(truth);
    make_points(cell, points, &truth->response);
    fill_points(points, n, truth);
    for (size_t i = 0; i < n; i++) {
        const struct point *at = &points[i];
        struct moments scale[N_TRUE_SCALES], outcome[N_TRUE_OUTCOMES];
        scale_moments(at, scale);
        outcome_moments(cell, truth, activity_second, at, outcome);
        for (size_t s = 0; s < N_TRUE_SCALES; s++) {
            truth->scale_mean[s] += at->weight * scale[s].first;
            truth->scale_sd[s] += at->weight * scale[s].second;
        }
        for (size_t o = 0; o < N_TRUE_OUTCOMES; o++) {
            truth->outcome_mean[o] += at->weight * outcome[o].first;
            truth->outcome_sd[o] += at->weight * outcome[o].second;
            truth->at_point[o][at->x - 1] +=
                at->weight * outcome[o].first / truth->point_share[at->x - 1];
            for (size_t s = 0; s < N_TRUE_SCALES; s++)
                truth->correlation[s][o] += at->weight * scale[s].first * outcome[o].first;
        }
    }
    standardise(truth);
}
