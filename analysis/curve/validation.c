/* SPDX-License-Identifier: GPL-3.0-or-later
   How well each curve predicts customers it has not seen: the table `validation`. */
#include <math.h>

#include "analysis/curve/curves.h"
#include "analysis/study/phrases.h"

/* 1 for the smallest mse; WHOLE_MISSING without one. */
static int64_t rank_of(const struct validation v[], size_t n, size_t k)
{
    int64_t rank = 1;
    if (isnan(v[k].mse))
        return WHOLE_MISSING;
    for (size_t i = 0; i < n; i++)
        rank += v[i].mse < v[k].mse;
    return rank;
}

static const struct frame *validation_frame(const struct curves *c, struct arena *keep)
{
    const struct prepared *p = c->prepared;
    size_t n = c->options.n_curves;
    struct results *t =
        results_new("validation", &p->groups,
                    "x y curve folds n mse std_error rmse r_squared optimism rank status", keep);
    for (size_t i = 0; i < c->n; i++)
        for (size_t k = 0; c->cell[i].validation && k < n; k++) {
            const struct curve_cell *cell = &c->cell[i];
            const struct validation *v = &cell->validation[k];
            int64_t rank = rank_of(cell->validation, n, k);
            results_row(t, cell->group);
            results_text(t, "x", p->x[cell->x].name);
            results_text(t, "y", p->y[cell->y].name);
            results_text(t, "curve", c->options.curve[k]->name);
            results_whole(t, "folds", (int64_t)v->n_folds);
            results_real(t, "n", v->n_obs);
            results_real(t, "mse", v->mse);
            results_real(t, "std_error", v->std_error);
            results_real(t, "rmse", sqrt(v->mse));
            results_real(t, "r_squared", v->r_squared);
            results_real(t, "optimism", v->optimism);
            if (rank != WHOLE_MISSING)
                results_whole(t, "rank", rank);
            results_status(t, cell->small && v->status == FIT_OK ? FIT_BELOW_MIN_N : v->status);
        }
    return results_finish(t);
}

void curves_validation_table(const struct curves *c, struct report_builder *report,
                             struct arena *keep)
{
    const struct prepared *p = c->prepared;
    if (c->options.folds == 0)
        return;
    report_add_table(
        report,
        &(struct table){
            .id = "validation",
            .aside = true,
            .sheet = "Validation",
            .title = "Which curve predicts customers that it has not seen?",
            .note = arena_printf(
                keep,
                "Cross-validation in %zu folds, %zu time%s; all answers of a customer are in one "
                "fold, which follows from the customer and the seed (%llu). std_error: of the "
                "mse, over the folds. r_squared: against the mean of the other folds. optimism: "
                "the R\u00b2 of the fit less this one. A difference of mse within a std_error "
                "is no difference.",
                c->options.folds, c->options.repeats, c->options.repeats == 1 ? "" : "s",
                (unsigned long long)p->seed),
            .check_r = arena_printf(keep,
                                    "%sset.seed(1); boot::cv.glm(d, glm(%s ~ %s, data = d), K = "
                                    "%zu)$delta[1]  # other folds: about mse",
                                    p->study ? "d <- na.omit(read.csv('tables/study.csv')); " : "",
                                    phrase_r_name(p->y[0].name, keep),
                                    phrase_r_name(p->x[0].name, keep), c->options.folds),
            .frame = validation_frame(c, keep)});
}
