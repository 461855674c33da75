/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/curve/curve.h"

#include <math.h>
#include <string.h>

const struct curve *const curves[] = {
#define X(name) &curve_##name,
    CURVE_LIST(X)
#undef X
};

const char *const curve_names[] = {
#define X(name) #name,
    CURVE_LIST(X)
#undef X
};

const size_t n_curves = sizeof curves / sizeof *curves;

const struct curve *curve_find(const char *name)
{
    for (size_t i = 0; i < n_curves; i++)
        if (strcmp(curves[i]->name, name) == 0)
            return curves[i];
    return NULL;
}

bool curve_knots_given(const struct curve *c, const struct curve_options *options)
{
    return options && options->n_knots > 0 && options->n_knots == c->n_knots;
}

bool curve_any_x(double x)
{
    return isfinite(x);
}

bool curve_positive_x(double x)
{
    return isfinite(x) && x > 0;
}

bool curve_non_negative_x(double x)
{
    return isfinite(x) && x >= 0;
}
