/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/glm/link.h"

#include <math.h>
#include <string.h>

const struct link *const links[] = {
#define X(word) &link_##word,
    LINK_LIST(X)
#undef X
};
const size_t n_links = sizeof links / sizeof *links;

const struct link *link_find(const char *name)
{
    for (size_t i = 0; i < n_links; i++)
        if (strcmp(links[i]->name, name) == 0)
            return links[i];
    return NULL;
}

bool link_finite(double eta)
{
    return isfinite(eta);
}
