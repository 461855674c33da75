/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/glm/choices.h"

#include <string.h>

#include "models/base/nearest.h"

static bool add_forced(const struct subset_terms *terms, const char *label, uint64_t *forced,
                       struct arena *keep, struct err *err)
{
    for (size_t j = 0; j < terms->n; j++)
        if (strcmp(terms->label[j], label) == 0) {
            *forced |= (uint64_t)1 << j;
            return true;
        }
    return err_at(err, ERR_USAGE,
                  &(struct problem){.column = "--force",
                                    .value = label,
                                    .what = "is no term of the formula",
                                    .mend = nearest_mend(label, terms->label, terms->n,
                                                         "its terms are ", terms->n, keep)});
}

bool choices_terms(const struct regressions *r, const struct choices_words *words,
                   struct subset_terms *terms, struct arena *keep, struct err *err)
{
    if (!subset_terms_of(r->formula, terms, keep))
        return err_set(err, ERR_USAGE, "--formula: '%s' has %zu terms; 64 can be chosen from",
                       r->options.text, terms->n);
    for (size_t i = 0; i < words->force.n; i++)
        if (!add_forced(terms, words->force.at[i], &terms->forced, keep, err))
            return false;
    return true;
}

struct glm_options choices_fit(const struct regressions *r, const struct regression_cell *cell,
                               struct design *design)
{
    const struct regressions_options *o = &r->options;
    *design = cell->design;
    design->row = NULL;
    return (struct glm_options){
        .family = o->outcome->glm,
        .link = link_find(regressions_link(o)),
        .theta = o->fit.theta,
        .weight = cell->data.w,
        .weight_kind = cell->data.weight_kind,
        .threads = r->prepared->threads,
    };
}

bool choices_made(const struct regression_cell *cell)
{
    return cell->made && cell->outside == SIZE_MAX;
}

enum fit_status choices_status(const struct regression_cell *cell, enum fit_status status)
{
    return status == FIT_OK && cell->small ? FIT_BELOW_MIN_N : status;
}

const struct regression_cell *choices_whole(const struct regressions *r)
{
    return &r->cell[r->n - 1];
}

void choices_excluded(const struct regressions *r, const struct regression_cell *cell,
                      const struct subset_terms *terms, uint64_t excluded, const char *where,
                      struct report_builder *report, struct arena *keep)
{
    if (excluded)
        report_add_warning(report, "%s: depends on the other terms in group %s; it is in no %s",
                           subset_text(terms, excluded, keep),
                           group_title(cell->group, r->prepared->groups.n_by, keep), where);
}
