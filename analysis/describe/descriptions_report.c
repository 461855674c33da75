/* SPDX-License-Identifier: GPL-3.0-or-later
   Tables and sentences of descriptions.h. */
#include <math.h>
#include <string.h>

#include "analysis/describe/descriptions.h"
#include "analysis/study/phrases.h"

/* ---- how to check ---- */

static const char *r_data(const struct prepared *p, struct arena *keep)
{
    return phrase_r_rows(p, "tables/study.csv", keep);
}

const char *descriptions_spss(const struct prepared *p, struct arena *keep)
{
    const char *by = "";
    for (size_t j = 0; j < p->groups.n_by; j++)
        by = arena_printf(keep, "%s %s", by, p->groups.by[j]);
    const char *weight = p->weight_kind == WEIGHT_FREQUENCY ? "WEIGHT BY the frequencies. " : "";
    return *by ? arena_printf(keep, "%sSORT CASES BY%s. SPLIT FILE BY%s. ", weight, by, by)
               : weight;
}

/* What the unweighted lines of R leave to do. */
static const char *r_weights(const struct prepared *p)
{
    return p->weight_kind == WEIGHT_SAMPLING    ? " # with w: weighted.mean(v, w), and n_eff = "
                                                  "sum(w)^2 / sum(w^2) for n in intervals"
           : p->weight_kind == WEIGHT_FREQUENCY ? " # first d <- d[rep(seq_len(nrow(d)), w), ]"
                                                : "";
}

const char *descriptions_weights(const struct prepared *p)
{
    return p->weight_kind == WEIGHT_SAMPLING
               ? " Weighted; n counts rows, intervals rest on Kish's n_eff."
           : p->weight_kind == WEIGHT_FREQUENCY ? " A row counts as often as its frequency says."
                                                : "";
}

/* ---- scales ---- */

static void put_distribution(struct results *t, const struct distribution *d, double missing)
{
    results_real(t, "n", d->n);
    results_real(t, "missing", missing);
    results_real(t, "n_eff", d->n_eff);
    results_real(t, "mean", d->mean);
    results_real(t, "std_error", d->std_error);
    results_real(t, "conf_low", d->conf_low);
    results_real(t, "conf_high", d->conf_high);
    results_real(t, "sd", d->sd);
    results_real(t, "q1", d->lower_quartile);
    results_real(t, "median", d->median);
    results_real(t, "q3", d->upper_quartile);
}

static void put_boxes(struct results *t, const struct scale_points *b)
{
    if (b->n_points == 0)
        return;
    results_real(t, "floor", b->bottom_box.estimate);
    results_real(t, "ceiling", b->top_box.estimate);
    results_real(t, "top_box", b->top_box.estimate);
    results_real(t, "top_box_low", b->top_box.conf_low);
    results_real(t, "top_box_high", b->top_box.conf_high);
    results_real(t, "top_2", b->top_2.estimate);
    results_real(t, "top_2_low", b->top_2.conf_low);
    results_real(t, "top_2_high", b->top_2.conf_high);
    results_real(t, "bottom_2", b->bottom_2.estimate);
    results_real(t, "bottom_2_low", b->bottom_2.conf_low);
    results_real(t, "bottom_2_high", b->bottom_2.conf_high);
}

/* Wald's interval; where all answers are of one class it does not exist, and the
   adjusted one stands. */
static void put_score(struct results *t, const struct net_promoter *nps)
{
    bool one_class = nps->status == FIT_CONSTANT;
    results_real(t, "nps", nps->estimate);
    results_real(t, "nps_low", one_class ? nps->adj_low : nps->conf_low);
    results_real(t, "nps_high", one_class ? nps->adj_high : nps->conf_high);
    results_real(t, "promoters", nps->promoters);
    results_real(t, "detractors", nps->detractors);
}

static const struct frame *scales_frame(const struct descriptions *d, struct arena *keep)
{
    const struct prepared *p = d->prepared;
    struct results *t = results_new(
        "scales", &p->groups,
        "scale n missing n_eff mean std_error conf_low conf_high sd q1 median q3 floor ceiling "
        "top_box top_box_low top_box_high top_2 top_2_low top_2_high bottom_2 bottom_2_low "
        "bottom_2_high nps nps_low nps_high promoters detractors status",
        keep);
    for (size_t i = 0; i < d->n_scales; i++) {
        const struct described_scale *s = &d->scale[i];
        results_row(t, s->group);
        results_text(t, "scale", p->x[s->x].name);
        put_distribution(t, &s->d, s->missing);
        put_boxes(t, &s->boxes);
        if (!isnan(d->options.cuts[s->x].promoter))
            put_score(t, &s->nps);
        results_status(t, s->status);
    }
    return results_finish(t);
}

static const char *ranges_note(const struct descriptions *d, struct arena *keep)
{
    const char *note = "";
    for (size_t x = 0; x < d->prepared->n_x; x++) {
        const struct answer_points *a = &d->options.points[x];
        const struct net_promoter_cuts *cuts = &d->options.cuts[x];
        const char *name = d->prepared->x[x].name;
        note = a->steps ? arena_printf(keep, "%s %s: %d to %d%s%s", note, name, a->low, a->high,
                                       a->from_data ? " (smallest and largest answer; --range "
                                                      "declares it)"
                                                    : "",
                                       isnan(cuts->promoter) ? "." : ",")
                        : arena_printf(keep, "%s %s: no scale points%s", note, name,
                                       isnan(cuts->promoter) ? "." : ",");
        if (!isnan(cuts->promoter))
            note = arena_printf(keep, "%s promoters from %g, detractors to %g.", note,
                                cuts->promoter, cuts->detractor);
    }
    return note;
}

/* The first scale's figures and boxes. */
static const char *check_mean(const struct descriptions *d, struct arena *keep)
{
    const struct prepared *p = d->prepared;
    const struct answer_points *a = &d->options.points[0];
    const char *x = phrase_r_name(p->x[0].name, keep);
    const char *mean = arena_printf(
        keep, "%s; v <- d$%s[!is.na(d$%s)]; t.test(v, conf.level = %g); sd(v); quantile(v)",
        r_data(p, keep), x, x, p->conf_level);
    return a->steps ? arena_printf(keep,
                                   "%s; prop.test(sum(v >= %d), length(v), conf.level = %g, "
                                   "correct = FALSE)",
                                   mean, a->high - 1, p->conf_level)
                    : mean;
}

/* The first net promoter score, if there is one. */
static const char *check_score(const struct descriptions *d, struct arena *keep)
{
    const struct prepared *p = d->prepared;
    for (size_t x = 0; x < p->n_x; x++) {
        const struct net_promoter_cuts *cuts = &d->options.cuts[x];
        if (!isnan(cuts->promoter))
            return arena_printf(
                keep,
                "; u <- d$%s[!is.na(d$%s)]; p <- mean(u >= %g); q <- mean(u <= %g); p - q + c(0, "
                "-1, 1) * qnorm(%g) * sqrt((p + q - (p - q)^2) / length(u))",
                phrase_r_name(p->x[x].name, keep), phrase_r_name(p->x[x].name, keep),
                cuts->promoter, cuts->detractor, (1 + p->conf_level) / 2);
    }
    return "";
}

static void add_scales(const struct descriptions *d, struct report_builder *report,
                       struct arena *keep)
{
    const struct prepared *p = d->prepared;
    const char *x = p->x[0].name;
    report_add_table(
        report,
        &(struct table){
            .id = "scales",
            .sheet = "Describe",
            .title = "What do customers say?",
            .note = arena_printf(
                keep,
                "%s intervals: of the mean Student's t with std_error = sd / sqrt(n_eff), of "
                "shares Wilson's, of the NPS Wald's (Rocks's adjusted one where all answers are of "
                "one class). Quartiles are of type 7. top_2: share at the highest point less one "
                "or above.%s%s",
                phrase_level(p->conf_level, keep), ranges_note(d, keep), descriptions_weights(p)),
            .check_r = arena_printf(keep, "%s%s%s", check_mean(d, keep), check_score(d, keep),
                                    r_weights(p)),
            .check_spss = arena_printf(
                keep,
                "%sEXAMINE VARIABLES=%s /PLOT NONE /STATISTICS DESCRIPTIVES /CINTERVAL %g. "
                "FREQUENCIES VARIABLES=%s. (SPSS has no quartiles of type 7)",
                descriptions_spss(p, keep), x, 100 * p->conf_level, x),
            .frame = scales_frame(d, keep)});
}

/* ---- behaviours ---- */

static const struct frame *behaviours_frame(const struct descriptions *d, struct arena *keep)
{
    const struct prepared *p = d->prepared;
    struct results *t = results_new("behaviours", &p->groups,
                                    "behaviour n missing n_eff mean std_error conf_low conf_high "
                                    "sd min q1 median q3 max skewness zero_share status",
                                    keep);
    for (size_t i = 0; i < d->n_behaviours; i++) {
        const struct described_behaviour *b = &d->behaviour[i];
        results_row(t, b->group);
        results_text(t, "behaviour", p->y[b->y].name);
        put_distribution(t, &b->d, b->missing);
        results_real(t, "min", b->d.min);
        results_real(t, "max", b->d.max);
        results_real(t, "skewness", b->d.skewness);
        results_real(t, "zero_share", b->zero_share);
        results_status(t, b->status);
    }
    return results_finish(t);
}

static void add_behaviours(const struct descriptions *d, struct report_builder *report,
                           struct arena *keep)
{
    const struct prepared *p = d->prepared;
    const char *y = p->n_y ? phrase_r_name(p->y[0].name, keep) : "y";
    report_add_table(
        report,
        &(struct table){
            .id = "behaviours",
            .sheet = "Behaviours",
            .title = "What do customers do?",
            .note = arena_printf(keep,
                                 "%s interval of the mean: Student's t with std_error = sd / "
                                 "sqrt(n_eff); of a skewed behaviour it needs a large n. Quartiles "
                                 "are of type 7, skewness is adjusted (G1).%s",
                                 phrase_level(p->conf_level, keep), descriptions_weights(p)),
            .check_r = !p->n_y ? NULL
                               : arena_printf(
                                     keep,
                                     "%s; v <- d$%s[!is.na(d$%s)]; t.test(v, conf.level = %g); "
                                     "sd(v); quantile(v); psych::skew(v, type = 2); mean(v == 0)%s",
                                     r_data(p, keep), y, y, p->conf_level, r_weights(p)),
            .check_spss =
                !p->n_y ? NULL
                        : arena_printf(keep,
                                       "%sEXAMINE VARIABLES=%s /PLOT NONE /STATISTICS DESCRIPTIVES "
                                       "/CINTERVAL %g.",
                                       descriptions_spss(p, keep), y, 100 * p->conf_level),
            .frame = behaviours_frame(d, keep)});
}

/* ---- scale points ---- */

static const struct frame *distribution_frame(const struct descriptions *d, struct arena *keep)
{
    struct results *t = results_new("distribution", &d->prepared->groups,
                                    "scale at n share conf_low conf_high status", keep);
    results_quantity(t, "conf_low conf_high", QUANTITY_SHARE);
    for (size_t i = 0; i < d->n_scales; i++) {
        const struct described_scale *s = &d->scale[i];
        for (size_t k = 0; k < s->n_points; k++) {
            const struct described_point *q = &s->point[k];
            bool small = q->share.status == FIT_OK && prepared_is_small(d->prepared, s->d.n);
            results_row(t, s->group);
            results_text(t, "scale", d->prepared->x[s->x].name);
            results_real(t, "at", q->at);
            results_real(t, "n", q->n);
            results_real(t, "share", q->share.estimate);
            results_real(t, "conf_low", q->share.conf_low);
            results_real(t, "conf_high", q->share.conf_high);
            results_status(t, small ? FIT_BELOW_MIN_N : q->share.status);
        }
    }
    return results_finish(t);
}

/* " satisfaction: 1 = Very dissatisfied, 5 = Very satisfied." of each scale whose answers have
   labels. */
static const char *labels_told(const struct prepared *p, struct arena *keep)
{
    const char *told = "";
    for (size_t x = 0; x < p->n_x; x++) {
        const struct column *c = frame_column(p->frame, p->x[x].name);
        const struct levels *l = c && c->type != COLUMN_FACTOR ? c->levels : NULL;
        for (size_t k = 0; l && l->label && k < l->n; k++)
            told = arena_printf(keep, "%s%s%s%s = %s%s", told, k ? ", " : " ",
                                k ? "" : arena_printf(keep, "%s: ", p->x[x].name), l->name[k],
                                l->label[k], k + 1 < l->n ? "" : ".");
    }
    return told;
}

static void add_distribution(const struct descriptions *d, struct report_builder *report,
                             struct arena *keep)
{
    const struct prepared *p = d->prepared;
    const char *x = phrase_r_name(p->x[0].name, keep);
    report_add_table(
        report,
        &(struct table){
            .id = "distribution",
            .aside = true,
            .sheet = "Distribution",
            .title = "How do the answers spread over the scale?",
            .note = arena_printf(keep,
                                 "Share of the group's answers at each point, with Wilson's %s "
                                 "interval. A mean of k items has k steps per point.%s%s",
                                 phrase_level(p->conf_level, keep), descriptions_weights(p),
                                 labels_told(p, keep)),
            .check_r = arena_printf(
                keep,
                "%s; f <- table(d$%s); f / sum(f); t(sapply(f, function(k) prop.test(k, sum(f), "
                "conf.level = %g, correct = FALSE)$conf.int))%s",
                r_data(p, keep), x, p->conf_level, r_weights(p)),
            .check_spss =
                arena_printf(keep, "%sFREQUENCIES VARIABLES=%s.", descriptions_spss(p, keep), x),
            .frame = distribution_frame(d, keep)});
}

/* ---- missing values ---- */

/* Why the value of a row is missing; a text that reads as missing is blank. */
static enum missing reason_of(const struct prepared *p, const struct variable_of *v, uint32_t row)
{
    const struct column *c = frame_column(p->frame, v->name);
    if (isfinite(v->value[row]))
        return MISSING_NOT;
    return c->missing && c->missing[row] ? (enum missing)c->missing[row] : MISSING_BLANK;
}

static void put_missing(struct results *t, const struct prepared *p, const struct group *g,
                        const struct variable_of *v)
{
    double n[MISSING_N] = {0}, weight[MISSING_N] = {0}, all = 0;
    for (size_t i = 0; i < g->rows.n; i++) {
        uint32_t row = g->rows.at[i];
        double w = p->weight ? p->weight[row] : 1;
        enum missing why = reason_of(p, v, row);
        if (!(w > 0))
            continue;
        n[why] += p->weight_kind == WEIGHT_FREQUENCY ? w : 1;
        weight[why] += w;
        all += w;
    }
    for (size_t why = MISSING_NOT + 1; why < MISSING_N; why++)
        if (n[why] > 0) {
            results_row(t, g);
            results_text(t, "scale", v->name);
            results_text(t, "reason", missing_word((enum missing)why));
            results_real(t, "n", n[why]);
            results_real(t, "share", weight[why] / all);
        }
}

static void add_missing(const struct descriptions *d, struct report_builder *report,
                        struct arena *keep)
{
    const struct prepared *p = d->prepared;
    struct results *t = results_new("missing", &p->groups, "scale reason n share", keep);
    for (size_t g = 0; g < p->groups.n; g++)
        for (size_t x = 0; x < p->n_x; x++)
            put_missing(t, p, &p->groups.at[g], &p->x[x]);
    report_add_table(
        report,
        &(struct table){
            .id = "missing",
            .aside = true,
            .sheet = "Missing",
            .title = "Why are answers missing?",
            .note = "Share of all respondents of the group, with and without an answer; a group "
                    "and scale without missing answers has no row.",
            .check_r = arena_printf(keep, "%s; sum(is.na(d$%s)); mean(is.na(d$%s)) # all reasons",
                                    r_data(p, keep), phrase_r_name(p->x[0].name, keep),
                                    phrase_r_name(p->x[0].name, keep)),
            .check_spss = arena_printf(keep, "%sFREQUENCIES VARIABLES=%s /FORMAT=NOTABLE.",
                                       descriptions_spss(p, keep), p->x[0].name),
            .frame = results_finish(t)});
}

/* ---- retention by scale point ---- */

static const struct frame *retention_frame(const struct descriptions *d, struct arena *keep)
{
    const struct prepared *p = d->prepared;
    struct results *t = results_new("retention", &p->groups,
                                    "x y at n retained rate conf_low conf_high status", keep);
    results_quantity(t, "conf_low conf_high", QUANTITY_SHARE);
    for (size_t i = 0; i < d->n_retention; i++) {
        const struct described_retention *r = &d->retention[i];
        for (size_t k = 0; k < r->n_points; k++) {
            const struct retained_point *q = &r->point[k];
            results_row(t, r->group);
            results_text(t, "x", p->x[r->x].name);
            results_text(t, "y", p->y[r->y].name);
            results_real(t, "at", q->at);
            results_real(t, "n", q->n);
            results_real(t, "retained", q->retained);
            results_real(t, "rate", q->rate.estimate);
            results_real(t, "conf_low", q->rate.conf_low);
            results_real(t, "conf_high", q->rate.conf_high);
            results_status(t, q->status);
        }
    }
    return results_finish(t);
}

static void add_retention(const struct descriptions *d, struct report_builder *report,
                          struct arena *keep)
{
    const struct prepared *p = d->prepared;
    const struct described_retention *r = d->n_retention ? &d->retention[0] : NULL;
    const char *x = r ? phrase_r_name(p->x[r->x].name, keep) : "x",
               *y = r ? phrase_r_name(p->y[r->y].name, keep) : "y";
    report_add_table(
        report,
        &(struct table){
            .id = "retention",
            .aside = true,
            .sheet = "Retained by answer",
            .title = "How many are retained at each answer?",
            .note =
                arena_printf(keep,
                             "Respondents with both values: how many of those with this answer "
                             "have the 0/1 behaviour y, with Wilson's %s interval. min_n is "
                             "asked of each point.%s%s",
                             phrase_level(p->conf_level, keep),
                             r ? "" : " There is no 0/1 behaviour here.", descriptions_weights(p)),
            .check_r =
                !r ? NULL
                   : arena_printf(
                         keep,
                         "%s; f <- with(d, table(%s, factor(%s, 0:1))); t(apply(f, 1, function(k) "
                         "prop.test(k['1'], "
                         "sum(k), conf.level = %g, correct = FALSE)$conf.int)); f[, '1'] / "
                         "rowSums(f)%s",
                         r_data(p, keep), x, y, p->conf_level, r_weights(p)),
            .check_spss = !r ? NULL
                             : arena_printf(keep, "%sCROSSTABS /TABLES=%s BY %s /CELLS=COUNT ROW.",
                                            descriptions_spss(p, keep), x, y),
            .frame = retention_frame(d, keep)});
}

void descriptions_tables(const struct descriptions *d, struct report_builder *report,
                         struct arena *keep)
{
    add_scales(d, report, keep);
    add_behaviours(d, report, keep);
    descriptions_reliability(d, report, keep);
    add_distribution(d, report, keep);
    add_missing(d, report, keep);
    add_retention(d, report, keep);
    if (d->life)
        customer_life_tables(d->life, d->prepared->join, d->prepared->min_n, report, keep);
    descriptions_items(d, report, keep);
}
