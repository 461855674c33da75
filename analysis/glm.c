/* SPDX-License-Identifier: GPL-3.0-or-later
   saydo-glm: regressions of what customers do: yes or no, counts, ordered answers, spend. */
#include <string.h>

#include "analysis/glm/checks.h"
#include "analysis/glm/choices.h"
#include "analysis/glm/curvature.h"
#include "analysis/glm/few.h"
#include "analysis/glm/influence.h"
#include "analysis/glm/margins.h"
#include "analysis/glm/scoring.h"
#include "analysis/glm/term_tests.h"
#include "analysis/glm/twin.h"
#include "io/program/tool.h"
#include "models/multiple/adjust.h"

struct options {
    struct regressions_words words;
    struct twin_words twin;
    struct margins_words margins;
    struct choices_words choices;
    const char *adjust, *against, *interval;
    int64_t groups, folds, influence;
    double without_top;
};

#define AT(member) offsetof(struct options, member)

static const char *const covariances[] = {"HC0", "HC1", "HC2", "HC3", "HC4", NULL};
static const char *const intervals_known[] = {"wald", "bootstrap", NULL};
static const char *const amount_words[] = {"lognormal", "gamma", NULL};

static const char *const adjustments_known[] = {
#define X(name) #name,
    ADJUSTMENT_LIST(X)
#undef X
        NULL};

static const struct option_spec rows[] = {
    {0, "formula", "FORMULA", OPTION_TEXT, AT(words.formula), 0, 0, NULL, NULL,
     "as R writes it: 'retained ~ intent * segment + log(tenure)'; behind '|' stands the second "
     "equation of a family that has one, such as that of the zeros"},
    {0, "family", "NAME", OPTION_TEXT, AT(words.family), 0, 0, "gaussian", NULL,
     "distribution of the response; see above"},
    {0, "link", "NAME", OPTION_TEXT, AT(words.link), 0, 0, NULL, NULL,
     "logit, probit, cloglog, cauchit, log, identity, inverse, sqrt ...; default: the family's"},
    {0, "centre", "COL,COL", OPTION_LIST, AT(words.centre), 0, 0, NULL, NULL,
     "numbers to take from their means, so that the coefficients beside an interaction are those "
     "of the average customer; the word interactions: all numbers in interactions"},
    {0, "theta", "X", OPTION_REAL, AT(words.theta), 1e-8, 1e12, NULL, NULL,
     "negative_binomial: the shape, held; default: estimated"},
    {0, "limits", "LEFT:RIGHT", OPTION_TEXT, AT(words.limits), 0, 0, NULL, NULL,
     "tobit: beyond them nothing is seen; default: 0:"},
    {0, "amount", "NAME", OPTION_TEXT, AT(words.amount), 0, 0, NULL, amount_words,
     "two_part: distribution of the amounts above zero; default: lognormal"},
    {0, "firth", NULL, OPTION_FLAG, AT(words.firth), 0, 0, NULL, NULL,
     "bias-reduced logit (Firth 1993): finite under separation"},
    {0, "prior-weights", "COL", OPTION_TEXT, AT(words.prior_weights), 0, 0, NULL, NULL,
     "weights as R's glm takes them: trials of a share, precision of a mean"},
    {0, "robust", "KIND", OPTION_TEXT, AT(words.robust), 0, 0, NULL, covariances,
     "standard errors robust to unequal variances"},
    {0, "cluster", "COL,COL", OPTION_LIST, AT(words.cluster), 0, 0, NULL, NULL,
     "cluster-robust standard errors, one way or two"},
    {0, "observed", NULL, OPTION_FLAG, AT(words.observed), 0, 0, NULL, NULL,
     "standard errors from the observed instead of the expected information"},
    {0, "interval", "NAME", OPTION_TEXT, AT(interval), 0, 0, "wald", intervals_known,
     "p_value and limits of terms: wald, or bootstrap (wild, by --cluster=COL: for fewer than 40 "
     "clusters)"},
    {0, "replicates", "N", OPTION_WHOLE, AT(choices.replicates), 0, 1e6, "1999", NULL,
     "bootstrap samples of --interval=bootstrap and --importance; 0: --importance without limits"},
    {0, "adjust", "NAME", OPTION_TEXT, AT(adjust), 0, 0, NULL, adjustments_known,
     "p_adjusted by holm, hochberg, bh, by or none; default: the study's, else holm"},
    {0, "slopes", "X:M,...", OPTION_LIST, AT(margins.slopes), 0, 0, NULL, NULL,
     "simple slopes of X at values of M; default: every interaction of two columns"},
    {0, "predict", "X,X:M", OPTION_LIST, AT(margins.predict), 0, 0, NULL, NULL,
     "mean predictions along X, for values of M; default: those of --slopes"},
    {0, "at", "V,V", OPTION_LIST, AT(margins.at), 0, 0, NULL, NULL,
     "values of X for --predict; default: from its least to its greatest"},
    {0, "fdr", NULL, OPTION_FLAG, AT(margins.fdr), 0, 0, NULL, NULL,
     "Johnson-Neyman regions that hold the false discovery rate"},
    {0, "groups", "N", OPTION_WHOLE, AT(groups), 2, 1000, "10", NULL,
     "binomial: groups of predictions in calibration, Hosmer-Lemeshow and lift"},
    {0, "folds", "K", OPTION_WHOLE, AT(folds), 0, 1000, "10", NULL,
     "score predictions (binomial) and --subsets by cross-validation in K folds too; 0: do not"},
    {0, "baseline", "COL,COL", OPTION_LIST, AT(choices.baseline), 0, 0, NULL, NULL,
     "past behaviour: is what is said worth more? default: the column "
     "baseline_Y of the response"},
    {0, "against", "FORMULA", OPTION_TEXT, AT(against), 0, 0, NULL, NULL,
     "another formula of the same response to compare with, on the rows of both"},
    {0, "force", "TERM,TERM", OPTION_LIST, AT(choices.force), 0, 0, NULL, NULL,
     "terms in every model of --subsets, --importance and --baseline: "
     "controls"},
    {0, "subsets", "N", OPTION_WHOLE, AT(choices.subsets), 0, 1000, "0", NULL,
     "the best N subsets of the formula's terms of each size, by AICc, "
     "BIC, Cp, cross-validation"},
    {0, "importance", NULL, OPTION_FLAG, AT(choices.importance), 0, 0, NULL, NULL,
     "how much of R\u00b2 is each term's: LMG (Shapley), Johnson's "
     "weights, first, last"},
    {0, "influence", "N", OPTION_WHOLE, AT(influence), 0, 1000000, "20", NULL,
     "the N rows of each cell that move the estimates most"},
    {0, "without-top", "SHARE", OPTION_REAL, AT(without_top), 0, 0.5, NULL, NULL,
     "fit again without this share of the largest responses, such as 0.01"},
    {0, "twin", "RESPONSE", OPTION_TEXT, AT(twin.response), 0, 0, NULL, NULL,
     "what customers do, beside the response, which is what they say: the same right-hand side "
     "for "
     "both, and tests of equality"},
    {0, "twin-family", "NAME", OPTION_TEXT, AT(twin.family), 0, 0, NULL, NULL,
     "distribution of --twin; default: gaussian"},
    {0, "twin-link", "NAME", OPTION_TEXT, AT(twin.link), 0, 0, NULL, NULL,
     "link of --twin; default: its family's"},
};

static const struct option_heading headings[] = {{"formula", "The model"},
                                                 {"robust", "Standard errors, intervals, p-values"},
                                                 {"slopes", "Interactions and predictions"},
                                                 {"groups", "How good predictions are (binomial)"},
                                                 {"baseline", "Which formula, which terms"},
                                                 {"influence", "Checks"},
                                                 {"twin", "What they say and what they do at once"},
                                                 {NULL, NULL}};

/* A study is grouped as it says, but not by a column that the formula itself holds. */
static struct job grouped(const struct job *job, const char *formula)
{
    struct job own = *job;
    if (!job->study || job->common->by.n)
        return own;
    struct study *study = arena_copy(job->keep, job->study, 1, sizeof *study);
    const struct texts *by = &job->study->analysis.by;
    struct texts left = {0, ARENA_NEW(job->keep, const char *, by->n)};
    for (size_t j = 0; j < by->n; j++)
        if (!regressions_mention(formula, by->at[j]))
            left.at[left.n++] = by->at[j];
    study->analysis.by = left;
    own.study = study;
    return own;
}

/* What does not go together. */
static bool consistent(const struct options *o, struct err *err)
{
    const char *formula = o->words.formula;
    if (!formula || !formula[strspn(formula, " \t")])
        return err_set(err, ERR_USAGE,
                       "--formula is missing: what is explained, and by what: "
                       "--formula='retained ~ intent + segment'");
    if (o->folds == 1)
        return err_set(err, ERR_USAGE, "--folds=1 leaves nobody to fit to; type 0 or at least 2");
    if (!o->twin.response && (o->twin.family || o->twin.link))
        return err_set(err, ERR_USAGE, "--twin-%s: belongs to --twin",
                       o->twin.family ? "family" : "link");
    if (strcmp(o->interval, "bootstrap") == 0 && o->choices.replicates < 99)
        return err_set(err, ERR_USAGE, "--replicates: too few for --interval=bootstrap; take 1999");
    return regressions_interval_settle(o->interval, &o->words, err);
}

/* Terms, fit and what is looked at first. */
static bool main_tables(struct regressions *r, const struct options *o, const struct job *job,
                        struct report_builder *report, struct err *err)
{
    const struct scoring_options scoring = {(size_t)o->groups, (size_t)o->folds};
    struct margins_options margins;
    if (!margins_settle(&o->margins, r, &margins, job->keep, err))
        return false;
    if (strcmp(o->interval, "bootstrap") == 0)
        regressions_bootstrap(r, (size_t)o->choices.replicates, job);
    regressions_score(r, &scoring, job);
    regressions_check(r, job);
    regressions_tables(r, job_shows(job, "fitted"), report, job->keep);
    regressions_margins_tables(r, &margins, job, report, job->keep);
    regressions_scoring_tables(r, job, report, job->keep);
    regressions_lines(r, report);
    regressions_few_lines(r, report);
    regressions_scoring_lines(r, report);
    regressions_check_lines(r, report);
    return true;
}

/* Which terms are worth having. */
static bool choice_tables(const struct regressions *r, const struct choices_words *words,
                          const struct job *job, struct report_builder *report, struct err *err)
{
    struct subset_terms terms;
    return (!words->force.n || choices_terms(r, words, &terms, job->keep, err)) &&
           regressions_baseline_table(r, words, job, report, job->keep, err) &&
           regressions_subsets_table(r, words, job, report, job->keep, err) &&
           regressions_importance_table(r, words, job, report, job->keep, err);
}

/* What has to be asked for, and what a second look asks for. */
static bool further_tables(const struct regressions *r, const struct options *o,
                           const struct job *job, struct report_builder *report, struct err *err)
{
    const struct influence_options influence = {(size_t)o->influence, o->without_top};
    struct choices_words choices = o->choices;
    choices.folds = o->folds;
    regressions_term_tests(r, job, report, job->keep);
    if (o->against && !regressions_comparison(r, o->against, job, report, job->keep, err))
        return false;
    if (job_shows(job, "curvature"))
        regressions_curvature(r, report, job->keep);
    if (o->twin.response && job_shows(job, "twin") &&
        !regressions_twin(r, &o->words, &o->twin, job, report, err))
        return false;
    return choice_tables(r, &choices, job, report, err) &&
           regressions_influence_tables(r, &influence, job, report, job->keep, err);
}

static bool run(const struct job *job, struct report *out, struct err *err)
{
    const struct options *o = job->options;
    const struct texts none = {0};
    struct report_builder *report = report_builder_new("Regression", job->keep);
    struct regressions_options how;
    struct prepared p;
    if (!consistent(o, err))
        return false;
    const char *mentioned =
        arena_printf(job->keep, "%s %s", o->words.formula, o->against ? o->against : "");
    const struct job own = grouped(job, mentioned);
    if (!prepare(&own, &none, &none, NEED_NONE, false, &p, report, err) ||
        !regressions_settle(&o->words, &p, &how, job->keep, err))
        return false;
    prepared_adjust(&p, o->adjust, report);
    how.mentions = o->against;
    struct regressions *r = regressions_compute(&p, &how, job, err);
    bool done = r && main_tables(r, o, job, report, err) && further_tables(r, o, job, report, err);
    if (r)
        regressions_free(r);
    report_finish(report, out);
    return done;
}

int main(int argc, char **argv)
{
    static const char *const tables[] = {
        "terms",   "models",         "diagnostics", "fitted",      "margins",     "ratios",
        "slopes",  "johnson_neyman", "predictions", "calibration", "roc",         "lift",
        "twin",    "tests",          "comparison",  "influence",   "without_top", "baseline",
        "subsets", "importance",     "curvature",   NULL};
    static const char *const examples[] = {
        "do intent and segment go with repurchase, and does the segment change the slope?",
        "saydo-glm study.yml --formula='retained ~ intent * segment' --family=binomial",
        "counts of purchases, errors robust by branch",
        "saydo-glm table.csv --formula='purchases ~ intent + log(tenure)' "
        "--family=negative_binomial --cluster=branch",
        "an ordered answer, in each industry",
        "saydo-glm table.csv --formula='intent ~ satisfaction' --family=ordinal --link=probit "
        "--by=industry --format=csv",
        NULL};
#define X(name) #name " " /* for --help */
    const struct tool tool = {
        .name = "glm",
        .summary = "Regress what customers do on what they say: yes or no, counts, ordered "
                   "answers, spend.",
        .description =
            "Formulas are R's: + - * : ^ ( ), I(), log(), poly(), ns(), scale(), C(), relevel(), "
            "offset(). Columns of words are factors; their first level, sorted or as --levels "
            "says, is the reference. fractional is a logit of shares with robust errors; two_part "
            "is whether customers buy and for how much; hurdle and zero-inflated counts take the "
            "regressors of the zeros behind '|'. std_error is R's; the table's note says whose. "
            "Families: " OUTCOME_LIST(X),
        .input = INPUT_STUDY_OR_TABLE,
        .input_name = "STUDY.yml | TABLE.csv",
        .options = rows,
        .n_options = sizeof rows / sizeof *rows,
        .options_size = sizeof(struct options),
        .headings = headings,
        .tables = tables,
        .examples = examples,
        .run = run,
    };
    return tool_main(&tool, argc, argv);
}
