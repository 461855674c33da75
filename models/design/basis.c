/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/design/basis.h"

#include <string.h>

const struct basis *const bases[] = {
#define X(word) &basis_##word,
    BASIS_LIST(X)
#undef X
};

const size_t n_bases = sizeof bases / sizeof *bases;

const struct basis *basis_find(const char *name)
{
    for (size_t i = 0; i < n_bases; i++)
        if (strcmp(bases[i]->name, name) == 0)
            return bases[i];
    return NULL;
}
