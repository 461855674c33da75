/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/importance/importance.h"

#include <string.h>

#define X(word) &importance_##word,
const struct importance_method *const importance_methods[] = {IMPORTANCE_LIST(X)};
#undef X
const size_t n_importance_methods = sizeof importance_methods / sizeof *importance_methods;

const struct importance_method *importance_find(const char *name)
{
    for (size_t i = 0; i < n_importance_methods; i++)
        if (strcmp(importance_methods[i]->name, name) == 0)
            return importance_methods[i];
    return NULL;
}
