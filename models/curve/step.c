/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/curve/curve.h"

#include <math.h>

#include "models/curve/line_sums.h"
#include "models/curve/points.h"

static double mean(double x, const double b[])
{
    return x > b[2] ? b[0] + b[1] : b[0];
}

static void gradient(double x, const double b[], double g[])
{
    (void)b;
    g[0] = 1;
    g[1] = x > b[2];
}

/* The x, all but the highest, that leaves the least within the two groups, which
   is the one with the most between them; the lowest of several (Hansen 2000). */
static bool choose(const struct points *p, bool knots_given, double b[])
{
    const struct sample points = points_sample(p), *s = &points;
    if (knots_given)
        return true;
    struct origin o = origin_of(s);
    struct line_sums all = line_sums_of(s, &o, 0, s->n), below = {0};
    double most = -INFINITY;
    for (size_t i = 0; i + 1 < s->n; i++) {
        line_sums_add(&below, sample_weight(s, i), s->x[i] - o.x, s->y[i] - o.y);
        struct line_sums above = line_sums_rest(&all, &below);
        double gap = above.y / above.w - below.y / below.w;
        double between = below.w * (above.w / all.w) * gap * gap;
        if (!(between > most * (1 + 1e-13)))
            continue;
        most = between;
        b[2] = s->x[i];
    }
    return most > -INFINITY;
}

const struct curve curve_step = {
    .name = "step",
    .title = "Step: two levels and a threshold",
    .formula = "a + b * (x > threshold)",
    .source = "Hansen 2000, Econometrica 68, 575-603",
    .n_params = 2,
    .n_constants = 1,
    .n_chosen = 1,
    .param = (const char *const[]){"a", "b", "threshold"},
    .example = (const double[]){10, 25, 4},
    .linear = true,
    .on_request = true,
    .n_knots = 1,
    .first_knot = 2,
    .in_domain = curve_any_x,
    .mean = mean,
    .gradient = gradient,
    .choose = choose,
};
