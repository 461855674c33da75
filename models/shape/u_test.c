/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/shape/u_test.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

#include "models/base/critical.h"
#include "models/curve/points.h"
#include "models/curve/predict.h"
#include "models/shape/columns.h"

/* The parabola in t = (x - middle) / half, -1 and 1 at the ends of the data. */
struct parabola {
    double middle, half;
    double b, c, bb, bc, cc; /* coefficients of t and t^2, and their covariances */
};

static struct u_end slope_at(const struct parabola *q, int t)
{
    double slope = (q->b + 2 * t * q->c) / q->half;
    double std_error = sqrt(q->bb + 4 * t * q->bc + 4 * q->cc) / q->half;
    return (struct u_end){q->middle + t * q->half, slope, std_error, slope / std_error};
}

static struct test_result weaker(double first, double second, double df)
{
    double t = fmin(first, second);
    return (struct test_result){t, NAN, df, gsl_cdf_tdist_Q(t, df)};
}

/* All turns that a t test at this level does not refuse: (b + 2 c t)^2 <= q^2 var. */
static void fieller(const struct parabola *q, double quantile, struct limits *out)
{
    double q2 = quantile * quantile, square = 4 * (q->c * q->c - q2 * q->cc);
    double linear = 2 * (q->b * q->c - q2 * q->bc), rest = q->b * q->b - q2 * q->bb;
    double root = linear * linear - square * rest;
    if (!(square > 0) || !(root >= 0))
        return;
    out->low = q->middle + q->half * (-linear - sqrt(root)) / square;
    out->high = q->middle + q->half * (-linear + sqrt(root)) / square;
}

static void turn(const struct parabola *q, double quantile, struct u_test *out)
{
    double t = -q->b / (2 * q->c), db = -1 / (2 * q->c), dc = q->b / (2 * q->c * q->c);
    out->turn = q->middle + q->half * t;
    out->std_error = q->half * sqrt(db * db * q->bb + 2 * db * dc * q->bc + dc * dc * q->cc);
    out->inside = fabs(t) < 1;
    out->delta = (struct limits){out->turn, out->turn - quantile * out->std_error,
                                 out->turn + quantile * out->std_error};
    out->fieller.estimate = out->turn;
    fieller(q, quantile, &out->fieller);
}

static struct u_test blank(const struct points *p)
{
    const struct limits none = {NAN, NAN, NAN};
    const struct u_end end = {NAN, NAN, NAN, NAN};
    const struct test_result test = {NAN, NAN, NAN, NAN};
    return (struct u_test){.n_obs = p->n_obs,
                           .df = NAN,
                           .low = end,
                           .high = end,
                           .u = test,
                           .inverse_u = test,
                           .turn = NAN,
                           .std_error = NAN,
                           .delta = none,
                           .fieller = none};
}

void u_test_of(const struct sample *s, double conf_level, struct u_test *out, struct arena *keep)
{
    struct points p;
    struct columns_fit r;
    points_of(s, &p, keep);
    *out = blank(&p);
    double low = p.n ? p.x[0] : 0, high = p.n ? p.x[p.n - 1] : 0, half = (high - low) / 2;
    columns_fit_parabola(&p, &r, keep);
    if ((out->status = r.status) != FIT_OK)
        return;
    struct parabola q = {low + half, half,      r.estimate[1], r.estimate[2],
                         r.vcov[4],  r.vcov[5], r.vcov[8]};
    out->df = r.df_residual;
    out->low = slope_at(&q, -1);
    out->high = slope_at(&q, 1);
    out->low.at = low;
    out->high.at = high;
    out->u = weaker(-out->low.statistic, out->high.statistic, out->df);
    out->inverse_u = weaker(out->low.statistic, -out->high.statistic, out->df);
    turn(&q, two_sided_t(conf_level, out->df), out);
}
