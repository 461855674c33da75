/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/count/distribution.h"

#include <math.h>

#include "models/glm/density.h"

/* NB2: log P(y) = D(y, theta) + y eta - log y! - (y + theta) log(1 + mu / theta), with
   D = log(Gamma(y + theta) / (Gamma(theta) theta^y)) = sum_{j < y} log(1 + j / theta).

   The sum keeps all digits whatever theta; beyond so many terms the rest is a difference of
   Stirling's series at a = theta + FEW and theta + y, both large. */
enum { FEW = 24 };

/* A value and its derivatives by log theta. */
struct in_theta {
    double value, first, second;
};

static void add_terms(size_t n, double theta, struct in_theta *d)
{
    for (size_t j = 1; j < n; j++) {
        double s = (double)j / (theta + (double)j); /* j / theta / (1 + j / theta) */
        d->value += log1p((double)j / theta);
        d->first -= s;
        d->second += s * (1 - s);
    }
}

/* log Gamma(x) - (x - 1/2) log x + x - log(2 pi) / 2 and its derivatives by x, x >= 20. */
static struct in_theta series(double x)
{
    double t = 1 / (x * x);
    return (struct in_theta){
        (1 - t * (1.0 / 30 - t * (1.0 / 105 - t * (1.0 / 140 - t / 99)))) / (12 * x),
        -t * (1 - t * (1.0 / 10 - t * (1.0 / 21 - t * (1.0 / 20 - t / 11)))) / 12,
        t / x * (1 - t * (1.0 / 5 - t * (1.0 / 7 - t * (1.0 / 5 - t * 5 / 11)))) / 6,
    };
}

/* log(Gamma(a + r) / Gamma(a)) - r log theta, a = theta + FEW. */
static void add_rest(double r, double theta, struct in_theta *d)
{
    double a = theta + FEW, b = a + r;
    struct in_theta from = series(a), to = series(b);
    double log_ratio = log1p(r / a);
    /* derivatives by theta, then by its logarithm */
    double first = log_ratio + (1 / a - 1 / b) / 2 + to.first - from.first;
    double second = -r / (a * b) - (1 / (a * a) - 1 / (b * b)) / 2 + to.second - from.second;
    d->value += (b - 0.5) * log_ratio + r * log1p(FEW / theta) - r + to.value - from.value;
    d->first += theta * first - r;
    d->second += theta * first + theta * theta * second;
}

static struct in_theta gamma_ratio(double y, double theta)
{
    struct in_theta d = {0};
    if (y <= 2 * FEW)
        add_terms((size_t)y, theta, &d);
    else {
        add_terms(FEW, theta, &d);
        add_rest(y - FEW, theta, &d);
    }
    return d;
}

static double log_density(double y, double eta, double log_theta, double first[], double second[])
{
    double theta = exp(log_theta), ratio = exp(eta - log_theta);
    double log_one = log1p(ratio), share = 1 / (1 + 1 / ratio); /* mu / (mu + theta) */
    struct in_theta d = gamma_ratio(y, theta);
    double y_eta = y > 0 ? y * (eta - log(y) + 1) - log(2 * M_PI * y) / 2 - stirling_error(y) : 0;
    if (first) {
        double rest = 1 / (1 + ratio); /* theta / (mu + theta) */
        first[0] = y * rest - theta * share;
        first[1] = d.first - theta * log_one + (y + theta) * share;
        second[0] = -(y + theta) * share * rest;
        second[1] = (y - exp(eta)) * share * rest;
        second[2] = d.second - theta * log_one + 2 * theta * share - (y + theta) * share * rest;
    }
    return d.value + y_eta - (y + theta) * log_one;
}

const struct count_distribution count_distribution_negative_binomial = {
    .name = "negative_binomial",
    .title = "Negative binomial (NB2)",
    .source = "Cameron & Trivedi 1986, J. Appl. Econometrics 1, 29-53",
    .has_theta = true,
    .log_density = log_density,
};
