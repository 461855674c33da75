/* SPDX-License-Identifier: GPL-3.0-or-later
   The tables reliability and items of descriptions.h. */
#include <math.h>

#include "analysis/describe/descriptions.h"
#include "analysis/study/phrases.h"

static void put_item(struct results *t, const struct descriptions *d,
                     const struct described_items *r, const char *item)
{
    results_row(t, r->group);
    results_text(t, "scale", d->options.sets[r->set].scale);
    results_text(t, "item", item);
    results_whole(t, "items", (int64_t)r->agreement.alpha.n_items);
    results_real(t, "n", r->agreement.n);
    results_status(t, r->status);
}

static void put_whole_scale(struct results *t, const struct item_agreement *a)
{
    const struct one_factor *f = &a->factor;
    results_real(t, "alpha", a->alpha.alpha);
    results_real(t, "conf_low", a->alpha.conf_low);
    results_real(t, "conf_high", a->alpha.conf_high);
    results_real(t, "alpha_standardized", a->alpha.std_alpha);
    if (a->alpha.n_items == 2)
        results_real(t, "spearman_brown", spearman_brown(a->alpha.mean_correlation, 2));
    results_real(t, "omega", f->omega);
    results_real(t, "omega_low", f->omega_low);
    results_real(t, "omega_high", f->omega_high);
    results_real(t, "ave", f->ave);
    results_real(t, "composite_reliability", f->composite_reliability);
    results_real(t, "model_chi_square", f->chi_square);
    results_real(t, "model_df", f->df);
    results_real(t, "model_p_value", f->p_value);
    results_text(t, "omega_status", fit_status_word(f->status));
}

static const struct frame *reliability_frame(const struct descriptions *d, struct arena *keep)
{
    struct results *t = results_new(
        "reliability", &d->prepared->groups,
        "scale item items n alpha conf_low conf_high alpha_standardized item_rest spearman_brown "
        "omega omega_low omega_high ave composite_reliability loading loading_error "
        "model_chi_square model_df model_p_value omega_status status",
        keep);
    results_quantity(t, "conf_low conf_high", QUANTITY_CORRELATION);
    for (size_t i = 0; i < d->n_reliability; i++) {
        const struct described_items *r = &d->reliability[i];
        const struct item_agreement *a = &r->agreement;
        const struct item_set *set = &d->options.sets[r->set];
        put_item(t, d, r, GROUP_ALL);
        put_whole_scale(t, a);
        for (size_t k = 0; k < set->name.n; k++) {
            put_item(t, d, r, set->name.at[k]);
            results_real(t, "alpha", a->alpha.alpha_if_dropped[k]);
            results_real(t, "item_rest", a->alpha.item_rest[k]);
            if (a->factor.n_items > 0) {
                results_real(t, "loading", a->factor.std_loading[k]);
                results_real(t, "loading_error", a->factor.std_loading_error[k]);
            }
        }
    }
    return results_finish(t);
}

/* Two items that say almost the same raise alpha without a better measure. */
enum { DUPLICATE_PERCENT = 95 };

static void warn_of_duplicates(const struct descriptions *d, struct report_builder *report)
{
    const struct groups *groups = &d->prepared->groups;
    for (size_t i = 0; i < d->n_reliability; i++) {
        const struct described_items *r = &d->reliability[i];
        const struct item_set *set = &d->options.sets[r->set];
        const double *cov = r->agreement.covariance;
        size_t k = set->name.n;
        if (r->group != &groups->at[groups->n - 1] || !cov)
            continue;
        for (size_t a = 0; a < k; a++)
            for (size_t b = a + 1; b < k; b++) {
                double rho = cov[a * k + b] / sqrt(cov[a * k + a] * cov[b * k + b]);
                if (100 * rho > DUPLICATE_PERCENT)
                    report_add_warning(report,
                                       "scale %s: items %s and %s correlate %.3f, as duplicates "
                                       "do; they raise alpha and omega and measure no more",
                                       set->scale, set->name.at[a], set->name.at[b], rho);
            }
    }
}

/* The items' columns as the check's table names them. */
static const char *item_name(const struct descriptions *d, const struct item_set *set, size_t k,
                             struct arena *keep)
{
    return d->prepared->study ? arena_printf(keep, "%s.%s", set->scale, set->name.at[k])
                              : set->name.at[k];
}

static const char *item_names(const struct descriptions *d, const char *between, const char *quote,
                              struct arena *keep)
{
    const char *text = "";
    for (size_t k = 0; d->options.n_sets && k < d->options.sets[0].name.n; k++)
        text = arena_printf(keep, "%s%s%s%s%s", text, k ? between : "", quote,
                            item_name(d, &d->options.sets[0], k, keep), quote);
    return text;
}

void descriptions_reliability(const struct descriptions *d, struct report_builder *report,
                              struct arena *keep)
{
    const struct prepared *p = d->prepared;
    const char *file = p->study ? "tables/items.csv" : p->frame->file;
    warn_of_duplicates(d, report);
    report_add_table(
        report,
        &(struct table){
            .id = "reliability",
            .sheet = "Reliability",
            .title = "Do a scale's items measure the same?",
            .note = arena_printf(
                keep,
                "Cronbach's alpha of scales with two items or more, on respondents with all items; "
                "%s interval by Feldt (1965). Row (all): the whole scale; row of an item: alpha "
                "without it, and its correlation with the sum of the others. omega, ave, "
                "composite_reliability and loading: of one factor by maximum likelihood, three "
                "items at least (two: spearman_brown); model_*: whether one factor suffices; "
                "omega's interval by the delta method; under omega_status 'improper solution' a "
                "residual variance is negative: do not use them.%s%s",
                phrase_level(p->conf_level, keep),
                d->options.n_sets ? "" : " No scale here has more than one item.",
                descriptions_weights(p)),
            .check_r =
                !d->options.n_sets
                    ? NULL
                    : arena_printf(keep,
                                   "%s; m <- na.omit(d[c(%s)]); a <- psych::alpha(m); a$total; "
                                   "a$alpha.drop$raw_alpha; a$item.stats$r.drop; 1 - (1 - "
                                   "a$total$raw_alpha) * qf(c(%g, "
                                   "%g), nrow(m) - 1, (nrow(m) - 1) * (ncol(m) - 1)); names(m) <- "
                                   "paste0('i', seq_along(m)); f <- lavaan::cfa(paste('F =~', "
                                   "paste(names(m), collapse = '+')), m, std.lv = TRUE); e <- "
                                   "lavaan::lavInspect(f, 'est'); sum(e$lambda)^2 / "
                                   "(sum(e$lambda)^2 + sum(e$theta)); "
                                   "lavaan::standardizedSolution(f) # omega; loadings",
                                   phrase_r_rows(p, "tables/items.csv", keep),
                                   item_names(d, ", ", "'", keep), (1 + p->conf_level) / 2,
                                   (1 - p->conf_level) / 2),
            .check_spss =
                !d->options.n_sets
                    ? NULL
                    : arena_printf(keep,
                                   "%sRELIABILITY /VARIABLES=%s /SCALE('s') ALL /MODEL=ALPHA "
                                   "/STATISTICS=CORR /SUMMARY=TOTAL /ICC=MODEL(MIXED) "
                                   "TYPE(CONSISTENCY) CIN=%g. on %s",
                                   descriptions_spss(p, keep), item_names(d, " ", "", keep),
                                   100 * p->conf_level, file),
            .frame = reliability_frame(d, keep)});
}

/* The items as alpha takes them (reversed where declared), for the check. */
static const struct frame *items_frame(const struct descriptions *d, struct arena *keep)
{
    const struct prepared *p = d->prepared;
    const struct frame *f = p->frame;
    struct results *t = results_new("items", NULL, "key", keep);
    for (size_t j = 0; j < p->groups.n_by; j++)
        results_own_column(t, frame_column(f, p->groups.by[j]));
    for (size_t s = 0; s < d->options.n_sets; s++)
        for (size_t k = 0; k < d->options.sets[s].name.n; k++)
            results_own_column(t,
                               &(struct column){.name = item_name(d, &d->options.sets[s], k, keep),
                                                .note = "item of a scale, reversed where declared",
                                                .type = COLUMN_REAL,
                                                .measure = MEASURE_ORDINAL});
    for (size_t i = 0; i < f->n_rows; i++) {
        results_row(t, NULL);
        results_text(t, "key", frame_column(f, "key")->as.text[i]);
        for (size_t j = 0; j < p->groups.n_by; j++)
            results_text(t, p->groups.by[j], frame_column(f, p->groups.by[j])->as.text[i]);
        for (size_t s = 0; s < d->options.n_sets; s++)
            for (size_t k = 0; k < d->options.sets[s].name.n; k++)
                results_real(t, item_name(d, &d->options.sets[s], k, keep),
                             d->options.sets[s].item[k][i]);
    }
    return results_finish(t);
}

void descriptions_items(const struct descriptions *d, struct report_builder *report,
                        struct arena *keep)
{
    if (!d->prepared->study || d->options.n_sets == 0)
        return;
    report_add_table(report,
                     &(struct table){.id = "items",
                                     .aside = true,
                                     .sheet = "Items",
                                     .title = "The items of the scales, respondent by respondent",
                                     .note = "As alpha takes them: reversed where declared, empty "
                                             "where missing. Rows as in the table study.",
                                     .frame = items_frame(d, keep)});
}
