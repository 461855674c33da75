/* SPDX-License-Identifier: GPL-3.0-or-later
   Hunter and Schmidt's psychometric meta-analysis: the table hunter_schmidt. */
#include <math.h>

#include "analysis/pool/pooling.h"
#include "analysis/study/variables.h"
#include "models/meta/hunter_schmidt.h"

static bool bad(const struct frame *f, const char *column, size_t i, const char *what,
                const char *mend, struct err *err)
{
    return err_at(err, ERR_VALUE,
                  &(struct problem){.file = f->file,
                                    .line = f->line ? f->line[i] : 0,
                                    .column = column,
                                    .value = frame_column(f, column)->as.text[i],
                                    .what = what,
                                    .mend = mend});
}

/* Columns of artefacts; NULL where the option is not given. */
struct artefact_columns {
    const double *reliability_x, *reliability_y, *u;
};

static bool read_column(const struct pooling *p, const char *name, bool share, const double **value,
                        struct arena *keep, struct err *err)
{
    const struct frame *f = p->rows.frame;
    *value = NULL;
    if (!name)
        return true;
    if (!(*value = variable_numbers(f, name, keep, err)))
        return false;
    for (size_t i = 0; i < f->n_rows; i++) {
        if (share && ((*value)[i] <= 0 || (*value)[i] > 1))
            return bad(f, name, i, "is no reliability", "a reliability is above 0 and at most 1",
                       err);
        if ((*value)[i] <= 0)
            return bad(f, name, i, "is no ratio of standard deviations",
                       "u is the sample's over the population's standard deviation, above 0", err);
    }
    return true;
}

static double at(const double *value, uint32_t row)
{
    return value ? value[row] : 1;
}

/* The set's rows with all artefacts.  Correlations and sizes count, not the scale of pooling. */
static struct artefacts artefacts_of(const struct pooling *p, const struct pool_set *set,
                                     const struct artefact_columns *c, struct arena *keep)
{
    size_t most = set->group.rows.n;
    double *column[5];
    for (size_t j = 0; j < 5; j++)
        column[j] = ARENA_NEW(keep, double, most);
    struct artefacts a = {0,
                          column[0],
                          column[1],
                          c->reliability_x ? column[2] : NULL,
                          c->reliability_y ? column[3] : NULL,
                          c->u ? column[4] : NULL};
    for (size_t i = 0; i < most; i++) {
        uint32_t row = set->group.rows.at[i];
        double value[] = {p->rows.r[row], p->rows.size[row], at(c->reliability_x, row),
                          at(c->reliability_y, row), at(c->u, row)};
        if (isnan(value[2]) || isnan(value[3]) || isnan(value[4]))
            continue;
        for (size_t j = 0; j < 5; j++)
            column[j][a.k] = value[j];
        a.k++;
    }
    return a;
}

static void row(struct results *t, const struct pool_set *set, const char *correction,
                const struct hunter_schmidt *h)
{
    results_row(t, &set->group);
    results_text(t, "correction", correction);
    results_whole(t, "k", (int64_t)h->k);
    results_real(t, "n", h->n);
    results_real(t, "estimate", h->mean);
    results_real(t, "std_error", h->std_error);
    results_real(t, "conf_low", h->conf_low);
    results_real(t, "conf_high", h->conf_high);
    results_real(t, "variance", h->variance);
    results_real(t, "error_variance", h->error_variance);
    results_real(t, "artefact_share", h->artefact_share);
    results_real(t, "sd_rho", h->sd_rho);
    results_real(t, "cred_low", h->cred_low);
    results_real(t, "cred_high", h->cred_high);
    results_status(t, h->status);
}

bool hunter_schmidt_table(const struct pooling *p, struct report_builder *report,
                          struct arena *keep, struct err *err)
{
    const struct pooling_options *o = p->options;
    struct artefact_columns c;
    if (!o->r)
        return err_set(err, ERR_USAGE, "--hunter-schmidt needs correlations: --r and --n");
    if (!read_column(p, o->reliability_x, true, &c.reliability_x, keep, err) ||
        !read_column(p, o->reliability_y, true, &c.reliability_y, keep, err) ||
        !read_column(p, o->u, false, &c.u, keep, err))
        return false;
    struct results *t = pooling_table(p, "hunter_schmidt",
                                      "correction k n estimate std_error conf_low conf_high "
                                      "variance error_variance artefact_share sd_rho cred_low "
                                      "cred_high status",
                                      keep);
    results_quantity(t, "estimate conf_low conf_high cred_low cred_high", QUANTITY_CORRELATION);
    for (size_t s = 0; s < p->n; s++) {
        struct arena *scratch = arena_new();
        struct artefacts a = artefacts_of(p, &p->set[s], &c, scratch);
        struct hunter_schmidt h;
        hunter_schmidt_bare(&a, p->how.conf_level, &h);
        row(t, &p->set[s], "none", &h);
        if (c.reliability_x || c.reliability_y || c.u) {
            hunter_schmidt_corrected(&a, p->how.conf_level, &h);
            row(t, &p->set[s], "individual", &h);
        }
        arena_free(scratch);
    }
    report_add_table(
        report,
        &(struct table){
            .id = "hunter_schmidt",
            .sheet = "Hunter-Schmidt",
            .title = "How much of the spread is artefact?",
            .note = "Schmidt and Hunter (2015): mean weighted by n; individual: each correlation "
                    "corrected for the reliabilities and the restriction of range that are given. "
                    "artefact_share: sampling error's share of the observed variance, over 1 where "
                    "it explains more than all. cred_*: 80 % of the true correlations.",
            .check_r = "with(d, {m <- weighted.mean(r, n); v <- weighted.mean((r - m)^2, n); e <- "
                       "(1 - m^2)^2 / (mean(n) - 1); c(m, v, e, e / v)})",
            .frame = results_finish(t)});
    return true;
}
