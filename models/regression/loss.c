/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/regression/loss.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

/* 95 % efficient for normal errors. */
#define HUBER_K 1.345
#define TUKEY_C 4.685

static double huber_weight(double u)
{
    return fabs(u) <= HUBER_K ? 1 : HUBER_K / fabs(u);
}

static double huber_slope(double u)
{
    return fabs(u) <= HUBER_K;
}

static double tukey_weight(double u)
{
    double t = u / TUKEY_C;
    return fabs(t) < 1 ? (1 - t * t) * (1 - t * t) : 0;
}

static double tukey_slope(double u)
{
    double t = u / TUKEY_C;
    return fabs(t) < 1 ? (1 - t * t) * (1 - 5 * t * t) : 0;
}

#define X(name, title, source) static const char title_##name[] = title, source_##name[] = source;
LOSS_LIST(X)
#undef X

const struct loss loss_squares = {"squares", title_squares, source_squares, NULL, NULL, NULL};
const struct loss loss_huber = {"huber",      title_huber, source_huber,
                                huber_weight, huber_slope, NULL};
const struct loss loss_tukey = {"tukey",      title_tukey, source_tukey,
                                tukey_weight, tukey_slope, &loss_huber};

const struct loss *const losses[] = {
#define X(name, title, source) &loss_##name,
    LOSS_LIST(X)
#undef X
};

const unsigned n_losses = sizeof losses / sizeof *losses;

const struct loss *loss_find(const char *name)
{
    for (unsigned i = 0; i < n_losses; i++)
        if (strcmp(losses[i]->name, name) == 0)
            return losses[i];
    return NULL;
}
