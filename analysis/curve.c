/* SPDX-License-Identifier: GPL-3.0-or-later
   saydo-curve: how does behaviour rise with what customers say? */
#include "analysis/curve/curves.h"
#include "analysis/curve/formulas.h"
#include "io/program/tool.h"
#include "models/multiple/adjust.h"

struct options {
    struct texts x, y, curve, knots;
    const char *formula, *start, *adjust;
    struct fitting_words fitting;
    int64_t replicates, grid, folds, repeats;
    const char *customer;
};

static const char *const adjustments_known[] = {
#define X(name) #name,
    ADJUSTMENT_LIST(X)
#undef X
        NULL};

#define X(name, ...) #name,
static const char *const losses_known[] = {LOSS_LIST(X) NULL};
static const char *const intervals_known[] = {TERM_LIMITS_LIST(X) NULL};
static const char *const limits_known[] = {BOOTSTRAP_LIMITS_LIST(X) NULL};
#undef X
static const char *const robust_known[] = {"HC0", "HC1", "HC2", "HC3", NULL};
static const char *const bands_known[] = {"delta", "bootstrap", NULL};

static const struct option_spec rows[] = {
    {'x', "x", "COL,COL", OPTION_LIST, offsetof(struct options, x), 0, 0, NULL, NULL,
     "what customers say; default: all scales of the study"},
    {'y', "y", "COL,COL", OPTION_LIST, offsetof(struct options, y), 0, 0, NULL, NULL,
     "what customers do; default: the study's behaviours"},
    {0, "curve", "NAME,NAME", OPTION_LIST, offsetof(struct options, curve), 0, 0, NULL, NULL,
     "regression curves; 'all': every one; default: the study's, else the first thirteen below"},
    {0, "knots", "X,X", OPTION_LIST, offsetof(struct options, knots), 0, 0, NULL, NULL,
     "fixed knots: one for hinge and step, two for three_zone and natural_spline"},
    {0, "adjust", "NAME", OPTION_TEXT, offsetof(struct options, adjust), 0, 0, NULL,
     adjustments_known,
     "p_adjusted by holm, hochberg, bh, by or none; default: the study's, else holm"},
    {0, "formula", "FORMULA", OPTION_TEXT, offsetof(struct options, formula), 0, 0, NULL, NULL,
     "a formula of your own instead, as R's nls: 'y ~ b1*(1-exp(-b2*x))'; tables terms, models"},
    {0, "start", "NAME=VALUE,...", OPTION_TEXT, offsetof(struct options, start), 0, 0, NULL, NULL,
     "starting values of the formula's parameters; every other name is a column"},
    {0, "bounds", "NAME=LOW:HIGH,...", OPTION_TEXT, offsetof(struct options, fitting.bounds), 0, 0,
     NULL, NULL, "keep parameters within bounds, open ends allowed: 'b1=0:,b2=0:1'"},
    {0, "loss", "NAME", OPTION_TEXT, offsetof(struct options, fitting.loss), 0, 0, NULL,
     losses_known, "squares, or against outliers huber (k = 1.345) or tukey (c = 4.685)"},
    {0, "robust", "NAME", OPTION_TEXT, offsetof(struct options, fitting.robust), 0, 0, NULL,
     robust_known, "standard errors for unequal variances: HC0, HC1, HC2 or HC3"},
    {0, "cluster", "COL", OPTION_TEXT, offsetof(struct options, fitting.cluster), 0, 0, NULL, NULL,
     "standard errors for rows that come in clusters (a customer's): a column"},
    {0, "interval", "NAME", OPTION_TEXT, offsetof(struct options, fitting.interval), 0, 0, NULL,
     intervals_known, "limits of terms: wald (Student's t), profile or bootstrap; default: wald"},
    {0, "band", "NAME", OPTION_TEXT, offsetof(struct options, fitting.band), 0, 0, NULL,
     bands_known, "limits of predictions: delta or bootstrap; default: delta"},
    {0, "limits", "NAME", OPTION_TEXT, offsetof(struct options, fitting.limits), 0, 0, NULL,
     limits_known, "limits from a bootstrap: percentile or basic; default: percentile"},
    {0, "replicates", "N", OPTION_WHOLE, offsetof(struct options, replicates), 0, 1e5, "999", NULL,
     "bootstrap samples: of the shape verdict, --interval and --band"},
    {0, "folds", "N", OPTION_WHOLE, offsetof(struct options, folds), 0, 1000, "10", NULL,
     "folds of the cross-validation by customer; 0: none"},
    {0, "repeats", "N", OPTION_WHOLE, offsetof(struct options, repeats), 1, 1000, "1", NULL,
     "how often it is done, each time with other folds"},
    {0, "customer", "COL", OPTION_TEXT, offsetof(struct options, customer), 0, 0, NULL, NULL,
     "a table's column that says whose a row is; default: the --cluster, else each row is "
     "its own"},
    {0, "grid", "N", OPTION_WHOLE, offsetof(struct options, grid), 2, 1000, "49", NULL,
     "points of the table predictions"},
};

/* Curves of the list, for each scale, behaviour and cell. */
/* Rows that belong together in the errors belong together in the folds. */
static const char *customer_of(const struct options *o, const struct prepared *p)
{
    return o->customer || p->study ? o->customer : o->fitting.cluster;
}

static bool fit_listed(const struct job *job, struct report_builder *report, struct err *err)
{
    const struct options *o = job->options;
    struct curves_options how = {.replicates = (size_t)o->replicates,
                                 .grid = (size_t)o->grid,
                                 .folds = job_shows(job, "validation") ? (size_t)o->folds : 0,
                                 .repeats = (size_t)o->repeats,
                                 .shape = job_shows(job, "shape"),
                                 .tests = job_shows(job, "tests"),
                                 .shared = job_shows(job, "shared")};
    struct prepared p;
    if (o->folds == 1)
        return err_set(err, ERR_USAGE, "--folds=1 leaves nobody to fit to; type 0 or at least 2");
    if (!prepare(job, &o->x, &o->y, NEED_X_AND_Y, false, &p, report, err) ||
        !curves_named(&o->curve, &p, &how, job->keep, err) ||
        !curves_knots(&o->knots, &how, job->keep, err) ||
        !fitting_settle(&o->fitting, &p, (size_t)o->replicates, &how.fitting, job->keep, err) ||
        !curves_bounds(&how, job->keep, err) ||
        !curves_customers(&p, customer_of(o, &p), &how, job->keep, err))
        return false;
    prepared_adjust(&p, o->adjust, report);
    const struct curves *c = curves_compute(&p, &how, job);
    curves_tables(c, report, job->keep);
    curves_charts(c, report, job->keep);
    curves_lines(c, report);
    return true;
}

/* The formula that was typed, for each cell. */
static bool fit_typed(const struct job *job, struct report_builder *report, struct err *err)
{
    const struct options *o = job->options;
    struct fitting fitting;
    struct prepared p;
    if (o->x.n || o->y.n || o->curve.n)
        return err_set(err, ERR_USAGE,
                       "--formula names its columns itself; leave out --x, --y and "
                       "--curve");
    if (o->fitting.band)
        return err_set(err, ERR_USAGE,
                       "--band belongs to the table predictions, which formulas do not have; leave "
                       "it out, or fit a curve of the list");
    return prepare(job, &o->x, &o->y, NEED_NONE, false, &p, report, err) &&
           fitting_settle(&o->fitting, &p, (size_t)o->replicates, &fitting, job->keep, err) &&
           formulas_tables(&p, o->formula, o->start, &fitting, report, job->keep, err);
}

static bool run(const struct job *job, struct report *out, struct err *err)
{
    const struct options *o = job->options;
    struct report_builder *report =
        report_builder_new("Behaviour over the stated scale", job->keep);
    if (o->knots.n && o->formula)
        return err_set(err, ERR_USAGE, "--knots belongs to --curve; write them into the formula");
    if (o->start && !o->formula)
        return err_set(err, ERR_USAGE, "--start belongs to --formula");
    if (!(o->formula ? fit_typed : fit_listed)(job, report, err))
        return false;
    report_finish(report, out);
    return true;
}

int main(int argc, char **argv)
{
    static const char *const tables[] = {"terms", "models", "predictions", "shape", "points",
                                         "tests", "shared", "validation",  NULL};
    static const char *const examples[] = {
        "all curves for every scale and behaviour of a study",
        "saydo-curve study.yml",
        "two curves per segment of a prepared table",
        "saydo-curve table.csv --x=intent --y=spend --curve=power,logistic --by=segment "
        "--format=csv --table=models",
        "a formula of your own",
        "saydo-curve table.csv --formula='y ~ b1*(1-exp(-b2*x))' --start='b1=500,b2=0.0001' "
        "--format=csv --table=terms",
        NULL};
#define X(name) #name " " /* for --help */
    const struct tool tool = {
        .name = "curve",
        .summary = "Fit regression curves of behaviour over the stated scale, and judge the shape.",
        .description =
            "Curves: " CURVE_LIST(X) "isotonic. The first thirteen are fitted where none is named, "
                                     "the others where they are named or --curve=all; beside them "
                                     "stands the saturated model (a mean per scale point). The "
                                     "table shape judges whether returns are linear, increasing, "
                                     "decreasing, S-shaped or inverse S-shaped; linear unless that "
                                     "is clearly beaten.",
        .input = INPUT_STUDY_OR_TABLE,
        .input_name = "STUDY.yml | TABLE.csv",
        .options = rows,
        .n_options = sizeof rows / sizeof *rows,
        .options_size = sizeof(struct options),
        .tables = tables,
        .examples = examples,
        .run = run,
    };
    return tool_main(&tool, argc, argv);
}
