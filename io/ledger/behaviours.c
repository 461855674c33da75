/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/ledger/behaviours.h"

#include <string.h>

const struct behaviour behaviours[] = {
#define X(name, label, quantity, unit, definition) {#name, label, quantity, unit, definition},
    BEHAVIOUR_LIST(X)
#undef X
};
const size_t n_behaviours = sizeof behaviours / sizeof *behaviours;

static const char *const prefix[] = {
    [BEHAVIOUR_WINDOW] = "", [BEHAVIOUR_BASELINE] = "baseline_", [BEHAVIOUR_CHANGE] = "change_"};

enum { N_PERIODS = 3 };

const struct behaviour *behaviour_find(const char *word, enum behaviour_period *period)
{
    for (size_t k = 0; k < N_PERIODS; k++) {
        size_t length = strlen(prefix[k]);
        if (strncmp(word, prefix[k], length) != 0)
            continue;
        for (size_t i = 0; i < n_behaviours; i++)
            if (strcmp(word + length, behaviours[i].name) == 0) {
                if (period)
                    *period = (enum behaviour_period)k;
                return &behaviours[i];
            }
    }
    return NULL;
}

const char *const *behaviour_words(struct arena *keep)
{
    const char **word = ARENA_NEW(keep, const char *, N_PERIODS *n_behaviours);
    for (size_t k = 0; k < N_PERIODS; k++)
        for (size_t i = 0; i < n_behaviours; i++)
            word[k * n_behaviours + i] = arena_printf(keep, "%s%s", prefix[k], behaviours[i].name);
    return word;
}
