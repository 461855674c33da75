/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/report/methods.h"

#include <math.h>

#include "analysis/study/phrases.h"
#include "models/compare/compare.h"

static void row(struct results *t, const char *section, const char *method, const char *formula,
                const char *source)
{
    results_row(t, NULL);
    results_text(t, "section", section);
    results_text(t, "method", method);
    results_text(t, "formula", formula);
    results_text(t, "source", source);
}

static void window_rows(struct results *t, const struct study *s, struct arena *keep)
{
    const char *rules = "";
    for (size_t i = 0; i < s->join.key_rules.n; i++)
        rules = arena_printf(keep, "%s%s%s", rules, i ? ", " : "", s->join.key_rules.at[i]);
    row(t, "join", "key rules", *rules ? rules : "none: ids must be equal as written", NULL);
    row(t, "join", "purchase window",
        arena_printf(keep, "[response + %d d, response + %d d) in whole days", s->join.offset,
                     s->join.offset + s->join.length),
        NULL);
    if (s->join.baseline)
        row(t, "join", "baseline window",
            arena_printf(keep, "[response − %d d, response)", s->join.baseline), NULL);
    row(t, "join", "zero buyers",
        "a customer in the master or on any ledger line exists; without a purchase spend is 0",
        NULL);
    row(t, "join", "censoring",
        s->join.censored == CENSORED_EXCLUDE ? "windows that end after the ledger are left out"
                                             : "windows that end after the ledger are kept",
        NULL);
}

static void settings_rows(struct results *t, const struct prepared *p, struct arena *keep)
{
    row(t, "settings", "confidence level", phrase_level(p->conf_level, keep), NULL);
    row(t, "settings", "smallest cell", arena_printf(keep, "%.0f respondents", p->min_n), NULL);
    row(t, "settings", "multiplicity",
        arena_printf(keep, "%s over the non-margin cells x scales x behaviours of one method",
                     p->adjust),
        "Holm 1979, Scand. J. Stat. 6, 65-70; Benjamini & Hochberg 1995, JRSS B 57, 289-300");
    row(t, "settings", "missing values", "pairwise: rows with both values", NULL);
    row(t, "settings", "seed", arena_printf(keep, "%llu", (unsigned long long)p->seed), NULL);
}

static void comparison_rows(struct results *t, const struct correlations *cells, struct arena *keep)
{
    if (cells->prepared->n_x < 2)
        return;
    row(t, "comparison", overlapping_williams.title,
        "two correlations of one sample with a variable in common, df = n − 3",
        overlapping_williams.source);
    row(t, "comparison", overlapping_zou.title, "of the difference of two correlations",
        overlapping_zou.source);
    row(t, "comparison", "maxT",
        arena_printf(keep,
                     "%zu permutations of the behaviour, or all where there are fewer; the "
                     "largest |r| of all scales",
                     cells->options.best_permutations),
        "Westfall & Young 1993, Resampling-Based Multiple Testing; Ge, Dudoit & Speed 2003, Test "
        "12, 1-77");
}

void methods_table(const struct prepared *p, const struct correlations *cells,
                   const struct curves *curve, struct report_builder *report, struct arena *keep)
{
    struct results *t = results_new("methods", NULL, "section method formula source", keep);
    if (p->study)
        window_rows(t, p->study, keep);
    for (size_t m = 0; m < cells->options.n_methods; m++) {
        const struct correlation *c = cells->options.method[m];
        row(t, "correlation", c->title, c->symbol, c->source);
        row(t, "correlation", arena_printf(keep, "interval of %s", c->name), c->interval->title,
            c->interval->source);
    }
    row(t, "correlation", "pooled value", "REML with Knapp-Hartung on Fisher's z",
        "Viechtbauer 2005, J. Educ. Behav. Stat. 30, 261-293; Knapp & Hartung 2003, Stat. Med. 22, "
        "2693-2710");
    row(t, "correlation", "ceiling of r for a 0/1 outcome",
        "dnorm(qnorm(p)) / sqrt(p (1 − p)) at base rate p", "Pearson 1909, Biometrika 7, 96-105");
    comparison_rows(t, cells, keep);
    row(t, "correlation", "correction for unreliability", "r / sqrt(reliability_x reliability_y)",
        "Spearman 1904, Am. J. Psychol. 15, 72-101");
    row(t, "correlation", "reliability of a count", "m / (m + r) of the negative binomial",
        "Ehrenberg 1959, Applied Statistics 8, 26-41");
    row(t, "correlation", "correction for range", "r u / sqrt(1 − r² + r² u²)",
        "Thorndike 1949, Personnel Selection, 169-176");
    for (size_t k = 0; k < curve->options.n_curves; k++)
        row(t, "curve", curve->options.curve[k]->title, curve->options.curve[k]->formula,
            curve->options.curve[k]->source);
    if (curve->options.isotonic)
        row(t, "curve", "Isotonic regression", "means that never fall, or never rise",
            "Ayer et al. 1955, Ann. Math. Statist. 26, 641-647");
    row(t, "curve", "choice of a curve",
        "AICc; the straight line unless another curve's AICc is smaller by 4 or more",
        "Burnham & Anderson 2002, Model Selection and Multimodel Inference, p. 70");
    row(t, "curve", "shape",
        "exponent, second difference, slopes of the thirds, line against a mean per point",
        "docs/methods/curve.md");
    settings_rows(t, p, keep);
    report_add_table(report, &(struct table){.id = "methods",
                                             .sheet = "Method",
                                             .title = "What was computed, and how",
                                             .frame = results_finish(t)});
}
