/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/subset/subset.h"

#include <assert.h>
#include <math.h>

#include "models/regression/criteria.h"
#include "models/subset/table.h"

bool subset_is_linear(const struct glm_options *options)
{
    return options->family == &family_gaussian &&
           (!options->link || options->link == &link_identity);
}

static size_t count_bits(uint64_t bits)
{
    size_t n = 0;
    for (; bits; bits &= bits - 1)
        n++;
    return n;
}

void table_begin(const struct candidates *c, const struct kept_list *list,
                 struct subset_table *table, uint64_t **free_terms, struct arena *keep)
{
    size_t n = 0;
    for (size_t s = 0; s < list->n_sizes; s++)
        n += list->n[s];
    table->model = ARENA_NEW(keep, struct subset_model, n);
    *free_terms = ARENA_NEW(keep, uint64_t, n);
    for (size_t s = 0; s < list->n_sizes; s++)
        for (size_t i = 0; i < list->n[s]; i++, table->n++) {
            const struct kept *from = &list->at[s * list->n_best + i];
            struct subset_model m = {.status = FIT_OK, .deviance = from->deviance};
            (*free_terms)[table->n] = from->terms;
            m.terms = candidates_terms(c, from->terms);
            m.n_terms = count_bits(m.terms);
            m.n_params = c->n_always + s;
            m.rank = i + 1;
            m.log_lik = m.r_squared = m.adj_r_squared = m.cp = m.press = NAN;
            m.aic = m.aicc = m.bic = m.cv = m.cv_selected = NAN;
            table->model[table->n] = m;
        }
}

void table_criteria(struct subset_model *m, double log_lik, double parameters, double n_obs)
{
    struct criteria is = criteria_of(log_lik, parameters, n_obs);
    m->log_lik = log_lik;
    m->aic = is.aic;
    m->aicc = is.aicc;
    m->bic = is.bic;
}

uint64_t table_best(const struct candidates *c, const struct kept_list *list, size_t n_params,
                    bool *there)
{
    size_t s = n_params - c->n_always;
    *there = list->n[s] > 0;
    return *there ? list->at[s * list->n_best].terms : 0;
}

void best_subsets(const struct design *d, const struct glm_options *options,
                  const struct subset_terms *terms, const struct subset_options *o,
                  struct subset_table *table, struct arena *keep)
{
    struct arena *scratch = arena_new();
    struct candidates c;
    bool linear = subset_is_linear(options);
    assert(o->n_best > 0 && o->n_folds != 1 && !options->firth);
    assert(subset_n_free(terms) <= (linear ? SUBSET_MAX_TERMS : SUBSET_MAX_TERMS_GLM));
    candidates_of(d, options, terms, &c, scratch);
    *table = (struct subset_table){c.status, 0, NULL, c.excluded, c.n, c.n_obs};
    if (c.status == FIT_OK && linear)
        linear_best_subsets(&c, o, table, keep, scratch);
    else if (c.status == FIT_OK)
        fitted_best_subsets(&c, options, o, table, keep, scratch);
    arena_free(scratch);
}
