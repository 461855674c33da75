/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/glm/family.h"

#include <math.h>
#include <string.h>

const struct family *const families[] = {
#define X(word) &family_##word,
    FAMILY_LIST(X)
#undef X
};
const size_t n_families = sizeof families / sizeof *families;

const struct family *family_find(const char *name)
{
    for (size_t i = 0; i < n_families; i++)
        if (strcmp(families[i]->name, name) == 0)
            return families[i];
    return NULL;
}

bool family_has_link(const struct family *family, const struct link *link)
{
    for (size_t i = 0; i < family->n_links; i++)
        if (family->link[i] == link)
            return true;
    return false;
}

bool family_finite(double y)
{
    return isfinite(y);
}

bool family_positive(double y)
{
    return isfinite(y) && y > 0;
}

bool family_count(double y)
{
    return isfinite(y) && y >= 0;
}
