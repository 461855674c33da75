/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/subset/subset.h"

#include <string.h>

#include "models/base/rng.h"
#include "models/design/model.h"

/* Has `whole` all variables of `part`, and more? */
static bool is_margin(const struct model_term *part, const struct model_term *whole)
{
    size_t found = 0;
    for (size_t i = 0; i < part->n; i++)
        for (size_t j = 0; j < whole->n; j++)
            found += part->variable[i] == whole->variable[j];
    return found == part->n && part->n < whole->n;
}

bool subset_terms_of(const struct model_formula *f, struct subset_terms *terms, struct arena *keep)
{
    *terms = (struct subset_terms){.n = f->n_terms};
    if (f->n_terms > 64)
        return false;
    uint64_t *margins = ARENA_NEW(keep, uint64_t, f->n_terms);
    for (size_t j = 0; j < f->n_terms; j++)
        for (size_t i = 0; i < f->n_terms; i++)
            margins[j] |= is_margin(&f->term[i], &f->term[j]) ? (uint64_t)1 << i : 0;
    terms->label = model_formula_terms(f, &terms->n);
    terms->margins = margins;
    return true;
}

static uint64_t with_margins(const struct subset_terms *terms)
{
    uint64_t all = terms->forced;
    for (size_t j = 0; terms->margins && j < terms->n; j++)
        all |= terms->forced >> j & 1 ? terms->margins[j] : 0;
    return all;
}

size_t subset_n_free(const struct subset_terms *terms)
{
    uint64_t always = with_margins(terms);
    size_t n = 0;
    for (size_t j = 0; j < terms->n; j++)
        n += !(always >> j & 1);
    return n;
}

const char *subset_text(const struct subset_terms *terms, uint64_t which, struct arena *keep)
{
    const char *text = "";
    for (size_t j = 0; j < terms->n; j++)
        if (which >> j & 1)
            text = *text ? arena_printf(keep, "%s + %s", text, terms->label[j]) : terms->label[j];
    return *text ? text : "1";
}

uint32_t *subset_folds(const uint64_t *customer, size_t n, size_t n_folds, uint64_t seed,
                       struct arena *keep)
{
    uint32_t *fold = ARENA_NEW(keep, uint32_t, n);
    for (size_t i = 0; i < n; i++)
        fold[i] = (uint32_t)(rng_mix(customer ? customer[i] : i, rng_mix(seed, 0)) % n_folds);
    return fold;
}
