/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/diagnostic/places.h"

#include <math.h>
#include <string.h>

const struct design *places_second(const struct outcome_fit *fit)
{
    if (fit->data.second)
        return fit->data.second;
    return fit->outcome && fit->outcome->second == SECOND_REPEATED ? fit->data.design : NULL;
}

/* The first column of that name that no parameter before has taken; d->p: none. */
static size_t take(const struct design *d, const char *name, bool *taken)
{
    size_t j = 0;
    while (j < d->p && (taken[j] || strcmp(d->name[j], name) != 0))
        j++;
    if (j < d->p)
        taken[j] = true;
    return j;
}

/* Parameters stand in the order of the equations, and in each in that of the columns. */
void places_of_parameters(const struct outcome_fit *fit, struct place place[],
                          struct arena *scratch)
{
    const struct design *design[] = {fit->data.design, places_second(fit)};
    bool *taken[2] = {0};
    for (size_t e = 0; e < 2 && design[e]; e++)
        taken[e] = ARENA_NEW(scratch, bool, design[e]->p);
    for (size_t j = 0; j < fit->fit.n_params; j++) {
        place[j] = (struct place){NO_EQUATION, 0};
        for (size_t e = 0; e < 2 && design[e] && place[j].equation == NO_EQUATION; e++) {
            size_t column = take(design[e], fit->fit.term[j], taken[e]);
            if (column < design[e]->p)
                place[j] = (struct place){e, column};
        }
    }
}

size_t places_estimated(const struct outcome_fit *fit, struct arena *scratch)
{
    struct place *place = ARENA_NEW(scratch, struct place, fit->fit.n_params);
    size_t n = 0;
    places_of_parameters(fit, place, scratch);
    for (size_t j = 0; j < fit->fit.n_params; j++)
        n += place[j].equation != NO_EQUATION && isfinite(fit->fit.estimate[j]);
    return n;
}
