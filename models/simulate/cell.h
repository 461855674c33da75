/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_SIMULATE_CELL_H
#define MODELS_SIMULATE_CELL_H

#include <stddef.h>

/* What is true in the simulated market.

   A customer of a cell (industry x segment) has a propensity p ~ Beta(alpha,
   beta) and would state the intent x = 1 + Binomial(6, style(p)): Morrison's
   (1979, JM 43(2), 65-74) beta-binomial, with a response style that pushes the
   probability up or towards the middle.  Behaviour in a year follows the
   *stated* intent by the cell's curve, and the part of p that the answer did not
   tell, z = p - E(p | x), on top of it:

       retained  ~ Bernoulli(q),          q = at_1 + slope (x - 1) + beyond z
       purchases = 1 + NegBin(further a, size)            if retained, else 0
       spend     = curve(x) (1 + beyond z) / q * a * e    if retained, else 0

   with activity a (three levels, mean 1 among those who answer) and
   e ~ Gamma(shape, 1/shape).  Since E(z | x) = 0 among those who answer,
   E(spend | x) is the curve, exactly: what a regression of doing on saying is to
   find. */

enum { N_POINTS = 7, N_ITEMS = 3, N_STYLES = 3, N_ACTIVITIES = 3, N_CURVE_PARAMETERS = 3 };

struct true_curve {
    const char *name, *shape, *formula;
    size_t n_params;
    const char *param[N_CURVE_PARAMETERS];
    double (*mean)(double x, const double b[]);
};

struct true_cell {
    const char *industry, *segment;
    double share;       /* of the customer base; the cells' shares add up to 1 */
    double alpha, beta; /* of the propensity */
    const struct true_curve *curve;
    double parameter[N_CURVE_PARAMETERS]; /* EUR per year at stated intent x = 1..7 */
    double spend_beyond;
    double retained_at_1, retained_slope, retained_beyond;
    double further;   /* mean number of sale documents a year beyond the first */
    double size;      /* of the negative binomial */
    double shape;     /* of the Gamma spread of spend */
    size_t max_lines; /* of a document: 1..max_lines, equally likely */
};

extern const struct true_cell true_cells[];
extern const size_t n_true_cells;

/* A response style turns the probability p behind an answer into low + gain p. */
struct style {
    const char *name;
    double share, low, gain;
};
extern const struct style styles[N_STYLES];

/* How much a customer buys at all, independent of the propensity.  Those who buy
   more answer more: an invited customer answers with probability
   response_of_propensity(p) * response. */
struct activity {
    double share, level, response;
};
extern const struct activity activities[N_ACTIVITIES];

double response_of_propensity(double p);

/* Of a customer of propensity p and experience u ~ Beta(2, 2), before style: the
   probability behind satisfaction and recommend.  Item j of satisfaction is
   1 + Binomial(N_COMMON, satisfaction) + Binomial(6 - N_COMMON, satisfaction +
   item_ease[j]), the first part common to the three items; recommend is
   Binomial(10, recommend). */
enum { N_COMMON = 3 };
extern const double item_ease[N_ITEMS];
double satisfaction_probability(double p, double u);
double recommend_probability(double p, double u);

#endif
