/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/correlate/comparisons.h"

#include <math.h>

#include "analysis/study/phrases.h"
#include "analysis/study/variables.h"
#include "models/correlation/compare.h"

/* The rows of a group where three variables are present. */
static struct rows complete(const struct rows *in, const double *a, const double *b,
                            const double *c, struct arena *keep)
{
    uint32_t *at = ARENA_NEW(keep, uint32_t, in->n);
    size_t n = 0;
    for (size_t i = 0; i < in->n; i++)
        if (isfinite(a[in->at[i]]) && isfinite(b[in->at[i]]) && isfinite(c[in->at[i]]))
            at[n++] = in->at[i];
    return (struct rows){n, at};
}

static struct correlation_result pearson(const struct prepared *p, const double *a, const double *b,
                                         const struct rows *rows, struct arena *scratch)
{
    struct correlation_result r;
    struct correlation_options how = {.conf_level = p->conf_level, .threads = 1};
    struct sample s = variable_pairs(a, b, p->weight, p->weight_kind, rows, scratch);
    correlation_compute(&correlation_pearson, &s, &how, &r, scratch);
    return r;
}

static void add_row(struct results *t, const struct prepared *p, const struct group *g, size_t k,
                    size_t h, size_t y, struct arena *scratch)
{
    const double *vk = p->x[k].value, *vh = p->x[h].value, *vy = p->y[y].value;
    struct rows rows = complete(&g->rows, vk, vh, vy, scratch);
    struct correlation_result yk = pearson(p, vk, vy, &rows, scratch),
                              yh = pearson(p, vh, vy, &rows, scratch),
                              kh = pearson(p, vk, vh, &rows, scratch);
    struct overlapping_test test = {.status = FIT_CONSTANT,
                                    .difference = NAN,
                                    .statistic = NAN,
                                    .df = NAN,
                                    .p_value = NAN,
                                    .conf_low = NAN,
                                    .conf_high = NAN};
    if (!isnan(yk.estimate) && !isnan(yh.estimate) && !isnan(kh.estimate))
        test = compare_overlapping(
            &(struct overlapping){yk.estimate, yh.estimate, kh.estimate, yk.n_eff}, p->conf_level);
    results_row(t, g);
    results_text(t, "x", p->x[k].name);
    results_text(t, "x_other", p->x[h].name);
    results_text(t, "y", p->y[y].name);
    results_text(t, "method", "williams");
    results_real(t, "n", yk.n);
    results_real(t, "estimate", yk.estimate);
    results_real(t, "estimate_other", yh.estimate);
    results_real(t, "between", kh.estimate);
    results_real(t, "difference", test.difference);
    results_real(t, "statistic", test.statistic);
    results_real(t, "df", test.df);
    results_real(t, "p_value", test.p_value);
    results_real(t, "conf_low", test.conf_low);
    results_real(t, "conf_high", test.conf_high);
    results_status(t, test.status == FIT_OK && prepared_is_small(p, yk.n) ? FIT_BELOW_MIN_N
                                                                          : test.status);
}

void comparisons_table(const struct correlations *c, struct report_builder *report,
                       struct arena *keep)
{
    const struct prepared *p = c->prepared;
    struct results *t = results_new("comparisons", &p->groups,
                                    "x x_other y method n estimate estimate_other between "
                                    "difference statistic df p_value conf_low conf_high status",
                                    keep);
    results_quantity(t, "estimate difference conf_low conf_high", QUANTITY_CORRELATION);
    struct arena *scratch = arena_new();
    for (size_t g = 0; g < p->groups.n; g++)
        for (size_t y = 0; y < p->n_y; y++)
            for (size_t k = 0; k < p->n_x; k++)
                for (size_t h = k + 1; h < p->n_x; h++) {
                    add_row(t, p, &p->groups.at[g], k, h, y, scratch);
                    arena_reset(scratch);
                }
    arena_free(scratch);
    report_add_table(
        report,
        &(struct table){.id = "comparisons",
                        .sheet = "Comparisons",
                        .title = "Which scale goes with behaviour more closely?",
                        .note = "Pearson's r of two scales with one behaviour, on respondents with "
                                "all three values: Williams's t (Steiger 1980), interval of the "
                                "difference by Zou (2007).",
                        .check_r = "with(read.csv('tables/comparisons.csv')[1, ], psych::r.test(n, "
                                   "r12 = estimate, r13 = estimate_other, r23 = between))",
                        .check_spss = "CORRELATIONS /VARIABLES=x x_other y /MISSING=LISTWISE. then "
                                      "Williams's t by hand",
                        .frame = results_finish(t)});
}
