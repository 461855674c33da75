/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/scale/proportion.h"

#include <assert.h>
#include <math.h>

#include <gsl/gsl_cdf.h>

struct proportion proportion_wilson(double share, double n, double conf_level)
{
    assert(conf_level > 0 && conf_level < 1);
    struct proportion p = {FIT_OK, n, NAN, NAN, NAN};
    if (!(n > 0)) {
        p.status = FIT_TOO_FEW;
        return p;
    }
    if (!(share >= 0 && share <= 1)) {
        p.status = FIT_DOMAIN;
        return p;
    }
    double z = gsl_cdf_ugaussian_Qinv((1 - conf_level) / 2);
    double lean = z * z / n;
    double centre = share + lean / 2;
    double half = z * sqrt((share * (1 - share) + lean / 4) / n);
    p.estimate = share;
    p.conf_low = share > 0 ? fmax(0, (centre - half) / (1 + lean)) : 0;
    p.conf_high = share < 1 ? fmin(1, (centre + half) / (1 + lean)) : 1;
    return p;
}
