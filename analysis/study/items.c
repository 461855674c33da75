/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/study/items.h"

#include <math.h>
#include <string.h>

#include "models/base/sum.h"
#include "models/scale/item_covariance.h"

/* ---- the sets of a study ---- */

static const struct study_scale *declared(const struct prepared *p, const char *name)
{
    for (size_t i = 0; p->study && i < p->study->n_scales; i++)
        if (strcmp(p->study->scales[i].name, name) == 0)
            return &p->study->scales[i];
    return NULL;
}

/* An item's values on the rows of the study's frame, which are the responses in
   the study, in order. */
static const double *item_rows(const struct join *j, const double *item, struct arena *keep)
{
    double *row = ARENA_NEW(keep, double, j->by_fate[FATE_STUDY]);
    size_t n = 0;
    for (size_t i = 0; i < j->responses.n; i++)
        if (j->fate[i] == FATE_STUDY)
            row[n++] = item[i];
    return row;
}

size_t items_of_study(const struct prepared *p, const struct item_set **sets, struct arena *keep)
{
    struct item_set *set = ARENA_NEW(keep, struct item_set, p->n_x);
    size_t n = 0;
    for (size_t x = 0; x < p->n_x; x++) {
        const struct study_scale *scale = declared(p, p->x[x].name);
        if (!scale || scale->items.n < 2)
            continue;
        const struct scale_values *v = &p->join->responses.scale[scale - p->study->scales];
        const double **item = ARENA_NEW(keep, const double *, v->n_items);
        for (size_t k = 0; k < v->n_items; k++)
            item[k] = item_rows(p->join, v->item[k], keep);
        set[n++] = (struct item_set){scale->name, scale->items, item};
    }
    *sets = set;
    return n;
}

/* ---- one group ---- */

static bool is_whole(const struct item_set *set, uint32_t row)
{
    for (size_t k = 0; k < set->name.n; k++)
        if (!isfinite(set->item[k][row]))
            return false;
    return true;
}

/* The rows that have all items, row major; their weights in w, when there are any. */
static size_t complete_items(const struct prepared *p, const struct group *g,
                             const struct item_set *set, double *item, double *w)
{
    size_t n = 0, k = set->name.n;
    for (size_t i = 0; i < g->rows.n; i++) {
        uint32_t row = g->rows.at[i];
        if (!is_whole(set, row) || (p->weight && !(p->weight[row] > 0)))
            continue;
        for (size_t j = 0; j < k; j++)
            item[n * k + j] = set->item[j][row];
        if (p->weight)
            w[n] = p->weight[row];
        n++;
    }
    return n;
}

/* Sampling weights as frequencies that add up to the effective n. */
static void scale_weights(const struct sample *s, double *w)
{
    struct sum total = {0};
    for (size_t i = 0; i < s->n; i++)
        sum_add(&total, w[i]);
    double scale = sample_effective_size(s) / sum_value(&total);
    for (size_t i = 0; i < s->n; i++)
        w[i] *= scale;
}

struct item_agreement items_agree(const struct prepared *p, const struct group *g,
                                  const struct item_set *set, struct arena *keep,
                                  struct arena *scratch)
{
    size_t k = set->name.n;
    double *item = ARENA_NEW(scratch, double, g->rows.n *k);
    double *w = p->weight ? ARENA_NEW(scratch, double, g->rows.n) : NULL;
    size_t n = complete_items(p, g, set, item, w);
    struct sample s = {.n = n, .x = item, .w = w, .weight_kind = w ? p->weight_kind : WEIGHT_NONE};
    struct item_agreement a = {.n = sample_size(&s)};
    if (s.weight_kind == WEIGHT_SAMPLING)
        scale_weights(&s, w);
    a.alpha = reliability_alpha(item, w, n, k, p->conf_level, keep);
    if (k > 1 && a.alpha.n > 1)
        a.covariance = item_covariance(item, w, n, k, ARENA_NEW(scratch, double, k), keep);
    a.factor = one_factor_fit(a.covariance, a.covariance ? k : 0, a.alpha.n, p->conf_level, keep);
    return a;
}
