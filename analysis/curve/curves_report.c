/* SPDX-License-Identifier: GPL-3.0-or-later
   Tables, charts and sentences of curves.h. */
#include <math.h>
#include <string.h>

#include "analysis/curve/curves.h"
#include "analysis/curve/isotonic_rows.h"
#include "analysis/study/phrases.h"
#include "models/base/term.h"
#include "models/multiple/adjust.h"

/* ---- rows ---- */

struct results *curves_terms_new(const struct prepared *p, struct arena *keep)
{
    return results_new("terms", &p->groups,
                       "x y curve term estimate std_error statistic df p_value conf_low conf_high "
                       "p_adjusted status",
                       keep);
}

/* One term's row, with the p-value adjusted elsewhere. */
static void term_row(struct results *t, const struct group *g, const char *x, const char *y,
                     const char *curve, const struct fit *fit, size_t j, double conf_level,
                     double p_adjusted, bool small)
{
    struct term row = term_of(fit, j, conf_level);
    curves_identify(t, g, x, y);
    results_text(t, "curve", curve);
    results_text(t, "term", row.name);
    results_real(t, "estimate", row.estimate);
    results_real(t, "std_error", row.std_error);
    results_real(t, "statistic", row.statistic);
    results_real(t, "df", row.df);
    results_real(t, "p_value", row.p_value);
    results_real(t, "conf_low", row.conf_low);
    results_real(t, "conf_high", row.conf_high);
    results_real(t, "p_adjusted", p_adjusted);
    results_status(t, curves_status(row.status, small));
}

void curves_term_rows(struct results *t, const struct group *g, const char *x, const char *y,
                      const char *curve, const struct fit *fit, double conf_level, bool small)
{
    for (size_t j = 0; j < fit->n_params + fit->n_constants; j++)
        term_row(t, g, x, y, curve, fit, j, conf_level, NAN, small);
}

struct results *curves_models_new(const struct prepared *p, struct arena *keep)
{
    return results_new("models", &p->groups,
                       "x y curve n_obs n_params df_residual sigma deviance r_squared "
                       "adj_r_squared log_lik aic aicc bic weight n_iter status",
                       keep);
}

void curves_model_row(struct results *t, const struct group *g, const char *x, const char *y,
                      const char *curve, const struct fit *fit, double weight, bool small)
{
    double k = (double)fit_n_estimated(fit);
    struct criteria c = criteria_of(fit->log_lik, k + 1, fit->n_obs);
    curves_identify(t, g, x, y);
    results_text(t, "curve", curve);
    results_real(t, "n_obs", fit->n_obs);
    results_whole(t, "n_params", (int64_t)fit_n_estimated(fit));
    results_real(t, "df_residual", fit->df_residual);
    results_real(t, "sigma", fit->sigma);
    results_real(t, "deviance", fit->deviance);
    results_real(t, "r_squared", fit->r_squared);
    results_real(t, "adj_r_squared",
                 adjusted_r_squared(fit->r_squared, fit->about_zero, fit->n_obs, k));
    results_real(t, "log_lik", fit->log_lik);
    results_real(t, "aic", c.aic);
    results_real(t, "aicc", c.aicc);
    results_real(t, "bic", c.bic);
    results_real(t, "weight", weight);
    results_whole(t, "n_iter", (int64_t)fit->n_iter);
    results_status(t, curves_status(fit->status, small));
}

/* ---- tables ---- */

/* p-values of one term of one curve over the non-margin cells of all scales and
   behaviours, adjusted: adjusted[cell]; NaN for margins. */
static double *adjusted_terms(const struct curves *c, size_t curve, size_t term,
                              struct arena *scratch)
{
    double *p = ARENA_NEW(scratch, double, c->n), *out = ARENA_NEW(scratch, double, c->n);
    double *adjusted = ARENA_NEW(scratch, double, c->n);
    size_t n = 0, at = 0;
    for (size_t i = 0; i < c->n; i++) {
        const struct curve_cell *cell = &c->cell[i];
        const struct fit *fit = &cell->fit[curve];
        if (!cell->group->margin)
            p[n++] = term_of(fit, term, c->prepared->conf_level).p_value;
    }
    adjust_p_values(adjustment_find(c->prepared->adjust), p, n, out, scratch);
    for (size_t i = 0; i < c->n; i++)
        adjusted[i] = c->cell[i].group->margin ? NAN : out[at++];
    return adjusted;
}

/* The adjusted p-values of every curve and term. */
struct family {
    size_t n_curves, n_terms; /* n_terms: of the curve that has most */
    double **adjusted;        /* [n_curves * n_terms], each [cell] */
};

static double **family_at(const struct family *f, size_t curve, size_t term)
{
    return &f->adjusted[curve * f->n_terms + term];
}

static size_t n_terms(const struct curve *c)
{
    return c->n_params + c->n_constants;
}

static struct family families(const struct curves *c, struct arena *scratch)
{
    struct family f = {.n_curves = c->options.n_curves};
    for (size_t k = 0; k < f.n_curves; k++)
        if (n_terms(c->options.curve[k]) > f.n_terms)
            f.n_terms = n_terms(c->options.curve[k]);
    f.adjusted = ARENA_NEW(scratch, double *, f.n_curves *f.n_terms);
    for (size_t k = 0; k < f.n_curves; k++)
        for (size_t j = 0; j < n_terms(c->options.curve[k]); j++)
            *family_at(&f, k, j) = adjusted_terms(c, k, j, scratch);
    return f;
}

static const struct frame *terms_frame(const struct curves *c, struct arena *keep)
{
    const struct prepared *p = c->prepared;
    struct results *t = curves_terms_new(p, keep);
    struct arena *scratch = arena_new();
    struct family f = families(c, scratch);
    for (size_t i = 0; i < c->n; i++) {
        const struct curve_cell *cell = &c->cell[i];
        for (size_t k = 0; k < c->options.n_curves; k++)
            for (size_t j = 0; j < n_terms(c->options.curve[k]); j++)
                term_row(t, cell->group, p->x[cell->x].name, p->y[cell->y].name,
                         c->options.curve[k]->name, &cell->fit[k], j, p->conf_level,
                         (*family_at(&f, k, j))[i], cell->small);
        if (!c->options.isotonic)
            continue;
        if (curves_points_are_secret(c, cell)) {
            curves_identify(t, cell->group, p->x[cell->x].name, p->y[cell->y].name);
            results_text(t, "curve", "isotonic");
            results_hide(t);
            continue;
        }
        struct fit blocks = isotonic_as_fit(&cell->isotonic, keep);
        curves_term_rows(t, cell->group, p->x[cell->x].name, p->y[cell->y].name, "isotonic",
                         &blocks, p->conf_level, cell->small);
    }
    arena_free(scratch);
    return results_finish(t);
}

/* The saturated model as a fit, for its row among the models. */
static struct fit saturated_as_fit(const struct saturated *s)
{
    return (struct fit){.status = s->status,
                        .n_params = s->n,
                        .n_obs = s->n_obs,
                        .log_lik = s->log_lik,
                        .deviance = s->deviance,
                        .df_residual = s->df_residual,
                        .sigma = s->sigma,
                        .r_squared = s->r_squared};
}

static const struct frame *models_frame(const struct curves *c, struct arena *keep)
{
    const struct prepared *p = c->prepared;
    struct results *t = curves_models_new(p, keep);
    for (size_t i = 0; i < c->n; i++) {
        const struct curve_cell *cell = &c->cell[i];
        const char *x = p->x[cell->x].name, *y = p->y[cell->y].name;
        for (size_t k = 0; k < c->options.n_curves; k++)
            curves_model_row(t, cell->group, x, y, c->options.curve[k]->name, &cell->fit[k],
                             cell->weight[k], cell->small);
        if (c->options.isotonic) {
            struct fit blocks = isotonic_as_fit(&cell->isotonic, keep);
            curves_model_row(t, cell->group, x, y, "isotonic", &blocks, NAN, cell->small);
        }
        struct fit benchmark = saturated_as_fit(&cell->saturated);
        curves_model_row(t, cell->group, x, y, "saturated", &benchmark, NAN, cell->small);
    }
    return results_finish(t);
}

static const struct frame *points_frame(const struct curves *c, struct arena *keep)
{
    const struct prepared *p = c->prepared;
    const bool suppressed = p->suppress_below > 0; /* its column is taken out again there */
    struct results *t = results_new(
        "points", &p->groups,
        suppressed ? "x y at n n_contributing estimate std_error conf_low conf_high status"
                   : "x y at n estimate std_error conf_low conf_high status",
        keep);
    for (size_t i = 0; i < c->n; i++) {
        const struct curve_cell *cell = &c->cell[i];
        const struct saturated *s = &cell->saturated;
        for (size_t j = 0; j < s->n && s->n <= 50; j++) {
            curves_identify(t, cell->group, p->x[cell->x].name, p->y[cell->y].name);
            results_real(t, "at", s->x[j]);
            results_real(t, "n", s->count[j]);
            if (suppressed)
                results_real(t, "n_contributing", curves_contributing(&cell->sample, s->x[j]));
            results_real(t, "estimate", s->estimate[j]);
            results_real(t, "std_error", s->std_error[j]);
            results_real(t, "conf_low", s->conf_low[j]);
            results_real(t, "conf_high", s->conf_high[j]);
            results_status(t, curves_status(s->status, cell->small));
        }
    }
    return results_finish(t);
}

/* What the check lines of the tables name: the data's reading, one scale, one behaviour. */
struct checked {
    const char *data, *x, *y;
};

/* What stands among the terms without a standard error. */
static const char *constants_note(const struct curves *c)
{
    bool constants = c->options.isotonic;
    for (size_t k = 0; k < c->options.n_curves; k++)
        constants |= c->options.curve[k]->n_constants > 0 ||
                     curve_knots_given(c->options.curve[k], &c->options.fit);
    return constants ? " Thresholds, powers, given knots and isotonic blocks have no standard "
                       "errors; those of the other terms take them as known."
                     : "";
}

static void add_terms(const struct curves *c, const struct checked *k,
                      struct report_builder *report, struct arena *keep)
{
    const struct prepared *p = c->prepared;
    report_add_table(
        report,
        &(struct table){
            .id = "terms",
            .sheet = "Curves",
            .title = "Regression curves: parameters",
            .note = arena_printf(
                keep,
                "%s p_value tests a parameter against 0. p_adjusted: %s over the non-margin cells "
                "x scales x behaviours of one term.%s",
                fitting_note(&c->options.fitting, p, keep), p->adjust, constants_note(c)),
            .check_r = arena_printf(keep,
                                    "%ssummary(lm(%s ~ %s, d)); summary(nls(%s ~ a * "
                                    "%s^b, d, start = list(a = 1, b = 1)))",
                                    k->data, k->y, k->x, k->y, k->x),
            .check_spss = arena_printf(keep,
                                       "MODEL PROGRAM a=1 b=1. COMPUTE PRED_ = a * %s ** b. "
                                       "NLR %s /PRED=PRED_. (linear: REGRESSION "
                                       "/DEPENDENT %s /METHOD=ENTER %s.)",
                                       k->x, k->y, k->y, k->x),
            .frame = terms_frame(c, keep)});
}

static void add_models(const struct curves *c, const struct checked *k,
                       struct report_builder *report, struct arena *keep)
{
    report_add_table(
        report,
        &(struct table){
            .id = "models",
            .sheet = "Models",
            .title = "Which curve describes it best?",
            .note = arena_printf(
                keep,
                "Criteria count sigma as a parameter (R's logLik). weight: Akaike weight by "
                "AICc among the converged curves of a cell. saturated: a mean per scale point, "
                "the benchmark that no curve can beat. Prefer the line unless another AICc is "
                "smaller by 4 or more.%s",
                c->options.isotonic ? " isotonic: n_params counts its blocks; its criteria "
                                      "are for description only."
                                    : ""),
            .check_r = arena_printf(keep, "%sm <- lm(%s ~ %s, d); logLik(m); AIC(m); BIC(m)",
                                    k->data, k->y, k->x),
            .check_spss = arena_printf(keep,
                                       "REGRESSION /STATISTICS R ANOVA SELECTION /DEPENDENT "
                                       "%s /METHOD=ENTER %s.",
                                       k->y, k->x),
            .frame = models_frame(c, keep)});
}

static void add_predictions(const struct curves *c, const struct checked *k,
                            struct report_builder *report, struct arena *keep)
{
    report_add_table(report,
                     &(struct table){.id = "predictions",
                                     .aside = true,
                                     .sheet = "Predictions",
                                     .title = "Fitted curves with their bands",
                                     .note = "Pointwise bands of the mean by the delta method.",
                                     .check_r = arena_printf(keep,
                                                             "%spredict(lm(%s ~ %s, d), interval = "
                                                             "'confidence')",
                                                             k->data, k->y, k->x),
                                     .check_spss = "REGRESSION ... /SAVE PRED LMCI UMCI.",
                                     .frame = curves_predictions(c, keep)});
}

static void add_points(const struct curves *c, const struct checked *k,
                       struct report_builder *report, struct arena *keep)
{
    report_add_table(
        report,
        &(struct table){.id = "points",
                        .aside = true,
                        .sheet = "Points",
                        .title = "Mean behaviour at each scale point",
                        .note = "The saturated model: sigma pooled over the points.",
                        .check_r = arena_printf(keep, "%sconfint(lm(%s ~ 0 + factor(%s), d))",
                                                k->data, k->y, k->x),
                        .check_spss = arena_printf(keep,
                                                   "MEANS TABLES=%s BY %s /CELLS=MEAN COUNT "
                                                   "STDDEV.",
                                                   k->y, k->x),
                        .frame = points_frame(c, keep)});
}

void curves_tables(const struct curves *c, struct report_builder *report, struct arena *keep)
{
    const struct prepared *p = c->prepared;
    struct checked k = {p->study ? "d <- read.csv('tables/study.csv'); " : "",
                        phrase_r_name(p->x[0].name, keep), phrase_r_name(p->y[0].name, keep)};
    add_terms(c, &k, report, keep);
    add_models(c, &k, report, keep);
    add_predictions(c, &k, report, keep);
    if (c->options.shape)
        curves_shape_table(c, report, keep);
    if (c->options.tests)
        curves_tests_table(c, report, keep);
    if (c->options.shared)
        curves_shared_table(c, report, keep);
    curves_validation_table(c, report, keep);
    add_points(c, &k, report, keep);
}

/* ---- charts ---- */

static struct series points_series(const struct curve_cell *cell)
{
    const struct saturated *s = &cell->saturated;
    return (struct series){.label = "mean per scale point",
                           .mark = MARK_INTERVALS,
                           .n = s->n,
                           .x = s->x,
                           .y = s->estimate,
                           .low = s->conf_low,
                           .high = s->conf_high,
                           .muted = cell->small,
                           .colour = 1};
}

static size_t isotonic_series(const struct curve_cell *cell, struct series *series,
                              struct arena *keep)
{
    struct prediction d = isotonic_stairs(&cell->isotonic, keep);
    series[0] = (struct series){.label = "isotonic regression",
                                .mark = MARK_LINE,
                                .n = d.n,
                                .x = d.x,
                                .y = d.estimate,
                                .colour = 2};
    return 1;
}

/* The fitted curve and its band. */
static size_t curve_series(const struct curves *c, const struct curve_cell *cell,
                           struct series *series, struct arena *keep)
{
    if (cell->best >= c->options.n_curves)
        return 0;
    struct prediction d = curves_predict(c, cell, cell->best, keep);
    series[0] = (struct series){.label = "confidence band",
                                .mark = MARK_BAND,
                                .n = d.n,
                                .x = d.x,
                                .y = d.estimate,
                                .low = d.low,
                                .high = d.high};
    series[1] = (struct series){
        .label = "fitted curve", .mark = MARK_LINE, .n = d.n, .x = d.x, .y = d.estimate};
    return 2;
}

static const char *panel_title(const struct curves *c, const struct curve_cell *cell,
                               struct arena *keep)
{
    const struct prepared *p = c->prepared;
    const char *curve = cell->best < c->options.n_curves ? c->options.curve[cell->best]->name
                        : c->options.n_curves == 0       ? "isotonic"
                                                         : "no curve";
    return arena_printf(keep, "%s (n = %s): %s", group_title(cell->group, p->groups.n_by, keep),
                        phrase_count(sample_size(&cell->sample), keep), curve);
}

static const char *curve_finding(const struct curves *c, size_t x, size_t y, struct arena *keep)
{
    const struct prepared *p = c->prepared;
    size_t count[VERDICT_N] = {0}, n = 0;
    const char *text = "";
    for (size_t g = 0; g < p->groups.n; g++) {
        const struct curve_cell *cell = curves_find(c, &p->groups.at[g], x, y);
        if (cell->group->margin || cell->small || cell->n_shapes == 0 ||
            cell->shape[0].status != FIT_OK)
            continue;
        count[cell->shape[0].verdict]++;
        n++;
    }
    for (size_t v = 0; v < VERDICT_N; v++)
        if (count[v])
            text = arena_printf(keep, "%s%s%zu %s", text, *text ? ", " : "", count[v],
                                verdict_word(v));
    if (n == 0)
        return arena_printf(keep, "Shape of %s over %s: no single cell is large enough to tell.",
                            p->y[y].name, p->x[x].name);
    return arena_printf(keep, "Shape of %s over %s in %zu cell%s: %s.", p->y[y].name, p->x[x].name,
                        n, n == 1 ? "" : "s", text);
}

static void add_chart(const struct curves *c, size_t x, size_t y, struct report_builder *report,
                      struct arena *keep)
{
    const struct prepared *p = c->prepared;
    struct panel *panels = ARENA_NEW(keep, struct panel, p->groups.n);
    size_t n = 0;
    for (size_t g = 0; g < p->groups.n; g++) {
        const struct curve_cell *cell = curves_find(c, &p->groups.at[g], x, y);
        if ((cell->group->margin && p->groups.n > 1) || cell->saturated.n < 2 ||
            cell->saturated.n > 50)
            continue;
        struct series *series = ARENA_NEW(keep, struct series, 4);
        size_t k = curve_series(c, cell, series, keep);
        if (c->options.isotonic)
            k += isotonic_series(cell, series + k, keep);
        series[k++] = points_series(cell);
        panels[n++] =
            (struct panel){.title = panel_title(c, cell, keep), .n_series = k, .series = series};
    }
    if (n == 0)
        return;
    bool share = true;
    for (size_t i = 0; i < p->frame->n_rows; i++)
        share &= isnan(p->y[y].value[i]) || p->y[y].value[i] == 0 || p->y[y].value[i] == 1;
    const char *unit = p->y[y].unit ? arena_printf(keep, " (%s)", p->y[y].unit) : "";
    report_add_chart(
        report,
        &(struct chart){.id = arena_printf(keep, "curve-%s-%s", phrase_id(p->x[x].name, keep),
                                           phrase_id(p->y[y].name, keep)),
                        .sheet = "Curve charts",
                        .kind = &chart_kind_xy,
                        .title = arena_printf(keep, "%s by %s", p->y[y].label, p->x[x].name),
                        .finding = curve_finding(c, x, y, keep),
                        .x_label = p->x[x].label,
                        .y_label = arena_printf(keep, "%s%s, mean", p->y[y].label, unit),
                        .x_low = p->x[x].low,
                        .x_high = p->x[x].high,
                        .y_percent = share,
                        .n_panels = n,
                        .panels = panels});
}

void curves_charts(const struct curves *c, struct report_builder *report, struct arena *keep)
{
    const struct prepared *p = c->prepared;
    for (size_t y = 0; y < p->n_y && y < 4; y++)
        add_chart(c, 0, y, report, keep);
    for (size_t y = 0; y < p->n_y && y < 4; y++)
        curves_shape_chart(c, y, report, keep);
}

/* The shape over all customers, and how many cells show which. */
static void add_shape_line(const struct curves *c, size_t y, struct report_builder *report,
                           struct arena *scratch)
{
    const struct prepared *p = c->prepared;
    const struct curve_cell *all = curves_find(c, &p->groups.at[p->groups.n - 1], 0, y);
    const struct shape *s = &all->shape[0];
    const char *logit = "";
    if (all->n_shapes == 0 || s->status != FIT_OK)
        return;
    if (all->n_shapes > 1 && all->shape[1].status == FIT_OK)
        logit = all->shape[1].verdict == s->verdict
                    ? ", also on the logit scale"
                    : arena_printf(scratch, ", but on the logit scale %s",
                                   verdict_word(all->shape[1].verdict));
    report_add_line(report,
                    "%s over %s, all customers together: %s%s (exponent %s, %s interval %s "
                    "%s).",
                    p->y[y].name, p->x[0].name, verdict_word(s->verdict), logit,
                    phrase_number(s->exponent.estimate, scratch),
                    phrase_level(p->conf_level, scratch), phrase_number(s->exponent.low, scratch),
                    isnan(s->exponent.high)
                        ? "upwards"
                        : arena_printf(scratch, "to %s", phrase_number(s->exponent.high, scratch)));
    if (p->groups.n > 1)
        report_add_line(report, "  %s", curve_finding(c, 0, y, scratch));
    if (c->options.tests)
        curves_tests_lines(c, y, report, scratch);
}

void curves_lines(const struct curves *c, struct report_builder *report)
{
    struct arena *scratch = arena_new();
    for (size_t y = 0; y < c->prepared->n_y && y < 3; y++)
        add_shape_line(c, y, report, scratch);
    arena_free(scratch);
}
