/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/correlation/ceiling.h"

#include <math.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

#include "models/base/sum.h"

double ceiling_of_rate(double p)
{
    if (!(p > 0 && p < 1))
        return NAN;
    return gsl_ran_ugaussian_pdf(gsl_cdf_ugaussian_Pinv(p)) / sqrt(p * (1 - p));
}

double ceiling_of_outcome(const double *y, const double *w, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((!w || w[i] > 0) && y[i] != 0 && y[i] != 1)
            return NAN;
    return ceiling_of_rate(mean(y, w, n));
}
