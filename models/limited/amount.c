/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/limited/amount.h"

#include <string.h>

const struct amount *const amounts[] = {
#define X(word) &amount_##word,
    AMOUNT_LIST(X)
#undef X
};
const size_t n_amounts = sizeof amounts / sizeof *amounts;

const struct amount *amount_find(const char *name)
{
    for (size_t i = 0; i < n_amounts; i++)
        if (strcmp(amounts[i]->name, name) == 0)
            return amounts[i];
    return NULL;
}
