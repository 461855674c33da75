/* SPDX-License-Identifier: GPL-3.0-or-later
   Does the relation turn, and is there a knot: the table `tests`. */
#include <math.h>

#include <gsl/gsl_cdf.h>

#include "analysis/curve/curves.h"
#include "analysis/study/phrases.h"
#include "models/base/critical.h"
#include "models/curve/predict.h"
#include "models/multiple/adjust.h"

struct test_row {
    double statistic, df1, df2, p_value, estimate, std_error, low, high;
    enum fit_status status;
    const char *finding; /* NULL: none */
};

static const struct test_row empty = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, FIT_OK, NULL};

/* ---- Lind and Mehlum ---- */

static struct test_row slope_row(const struct curve_cell *cell, const struct u_end *end,
                                 double conf_level)
{
    struct test_row r = empty;
    const struct u_test *u = &cell->u_test;
    r.status = u->status;
    if (u->status != FIT_OK)
        return r;
    double q = two_sided_t(conf_level, u->df);
    r.statistic = end->statistic;
    r.df2 = u->df;
    r.p_value = 2 * gsl_cdf_tdist_Q(fabs(end->statistic), u->df);
    r.estimate = end->slope;
    r.std_error = end->std_error;
    r.low = end->slope - q * end->std_error;
    r.high = end->slope + q * end->std_error;
    return r;
}

static struct test_row slope_low_end(const struct curve_cell *cell, double conf_level,
                                     struct arena *keep)
{
    (void)keep;
    return slope_row(cell, &cell->u_test.low, conf_level);
}

static struct test_row slope_high_end(const struct curve_cell *cell, double conf_level,
                                      struct arena *keep)
{
    (void)keep;
    return slope_row(cell, &cell->u_test.high, conf_level);
}

static struct test_row turn_row(const struct curve_cell *cell, const struct test_result *test,
                                double conf_level, const char *what, struct arena *keep)
{
    struct test_row r = empty;
    const struct u_test *u = &cell->u_test;
    r.status = u->status;
    if (u->status != FIT_OK)
        return r;
    r.statistic = test->statistic;
    r.df2 = test->df2;
    r.p_value = test->p_value;
    r.estimate = u->turn;
    r.std_error = u->std_error;
    r.low = u->fieller.low;
    r.high = u->fieller.high;
    if (r.p_value < 1 - conf_level)
        r.finding = arena_printf(keep, "%s by the parabola, turning at %s", what,
                                 phrase_number(u->turn, keep));
    else
        r.finding = u->inside ? "not shown" : "not shown: the turn is outside the data";
    return r;
}

static struct test_row u_shape(const struct curve_cell *cell, double conf_level, struct arena *keep)
{
    return turn_row(cell, &cell->u_test.u, conf_level, "U-shaped", keep);
}

static struct test_row inverse_u_shape(const struct curve_cell *cell, double conf_level,
                                       struct arena *keep)
{
    return turn_row(cell, &cell->u_test.inverse_u, conf_level, "inverse U-shaped", keep);
}

/* ---- two lines ---- */

static struct test_row line_row(const struct curve_cell *cell, int side)
{
    struct test_row r = empty;
    const struct two_lines *t = &cell->two_lines;
    r.status = t->status;
    r.statistic = t->statistic[side];
    r.p_value = t->p_value_of[side];
    r.estimate = t->slope[side].estimate;
    r.std_error = t->std_error[side];
    r.low = t->slope[side].low;
    r.high = t->slope[side].high;
    return r;
}

static struct test_row two_lines_low(const struct curve_cell *cell, double conf_level,
                                     struct arena *keep)
{
    (void)conf_level, (void)keep;
    return line_row(cell, 0);
}

static struct test_row two_lines_high(const struct curve_cell *cell, double conf_level,
                                      struct arena *keep)
{
    (void)conf_level, (void)keep;
    return line_row(cell, 1);
}

static struct test_row two_lines(const struct curve_cell *cell, double conf_level,
                                 struct arena *keep)
{
    struct test_row r = empty;
    const struct two_lines *t = &cell->two_lines;
    r.status = t->status;
    if (t->status != FIT_OK)
        return r;
    r.p_value = t->p_value;
    r.estimate = t->breakpoint;
    r.statistic = fmin(fabs(t->statistic[0]), fabs(t->statistic[1]));
    if (t->p_value < 1 - conf_level)
        r.finding = arena_printf(keep, "%s about %s",
                                 t->slope[0].estimate < 0 ? "U-shaped" : "inverse U-shaped",
                                 phrase_number(t->breakpoint, keep));
    else
        r.finding = "no turn shown";
    return r;
}

/* ---- the knot ---- */

static const char *slopes(const struct knot_test *k, struct arena *keep)
{
    return arena_printf(keep, "slope %s below the knot, %s above",
                        phrase_number(k->slope_below, keep), phrase_number(k->slope_above, keep));
}

static struct test_row knot_row(const struct curve_cell *cell, const struct limits *interval,
                                double statistic, double p_value, double conf_level,
                                struct arena *keep)
{
    struct test_row r = empty;
    const struct knot_test *k = &cell->knot;
    r.status = k->status;
    if (k->status != FIT_OK)
        return r;
    r.statistic = statistic;
    r.p_value = p_value;
    r.estimate = interval->estimate;
    r.low = interval->low;
    r.high = interval->high;
    if (!isnan(p_value))
        r.finding = p_value < 1 - conf_level ? slopes(k, keep) : "no knot shown";
    return r;
}

static struct test_row knot_sup_f(const struct curve_cell *cell, double conf_level,
                                  struct arena *keep)
{
    const struct knot_test *k = &cell->knot;
    struct test_row r = knot_row(cell, &k->knot, k->sup_f, k->p_value, conf_level, keep);
    r.df1 = k->status == FIT_OK ? 1 : NAN;
    r.df2 = k->df;
    return r;
}

static struct test_row knot_davies(const struct curve_cell *cell, double conf_level,
                                   struct arena *keep)
{
    const struct knot_test *k = &cell->knot;
    return knot_row(cell, &k->bootstrap, k->davies, k->davies_p_value, conf_level, keep);
}

/* ---- the table ---- */

#define TEST_LIST(X)   \
    X(slope_low_end)   \
    X(slope_high_end)  \
    X(u_shape)         \
    X(inverse_u_shape) \
    X(two_lines_low)   \
    X(two_lines_high)  \
    X(two_lines)       \
    X(knot_sup_f)      \
    X(knot_davies)

struct shape_test {
    const char *name;
    struct test_row (*row)(const struct curve_cell *cell, double conf_level, struct arena *keep);
};

static const struct shape_test shape_tests[] = {
#define X(name) {#name, name},
    TEST_LIST(X)
#undef X
};

enum { N_TESTS = sizeof shape_tests / sizeof *shape_tests };

/* p-values of one test over the non-margin cells, adjusted; NaN for margins. */
static void adjust(const struct curves *c, const struct test_row *row, double *adjusted,
                   struct arena *scratch)
{
    double *p = ARENA_NEW(scratch, double, c->n), *out = ARENA_NEW(scratch, double, c->n);
    size_t n = 0, at = 0;
    for (size_t i = 0; i < c->n; i++)
        if (!c->cell[i].group->margin)
            p[n++] = row[i * N_TESTS].p_value;
    adjust_p_values(adjustment_find(c->prepared->adjust), p, n, out, scratch);
    for (size_t i = 0; i < c->n; i++)
        adjusted[i * N_TESTS] = c->cell[i].group->margin ? NAN : out[at++];
}

static void put(struct results *t, const struct curves *c, const struct curve_cell *cell,
                const char *test, const struct test_row *r, double p_adjusted)
{
    results_row(t, cell->group);
    results_text(t, "x", c->prepared->x[cell->x].name);
    results_text(t, "y", c->prepared->y[cell->y].name);
    results_text(t, "test", test);
    results_real(t, "statistic", r->statistic);
    results_real(t, "df1", r->df1);
    results_real(t, "df2", r->df2);
    results_real(t, "p_value", r->p_value);
    results_real(t, "p_adjusted", p_adjusted);
    results_real(t, "estimate", r->estimate);
    results_real(t, "std_error", r->std_error);
    results_real(t, "conf_low", r->low);
    results_real(t, "conf_high", r->high);
    results_text(t, "finding", r->finding);
    results_status(t, cell->small && r->status == FIT_OK ? FIT_BELOW_MIN_N : r->status);
}

static const struct frame *tests_frame(const struct curves *c, struct arena *keep)
{
    struct arena *scratch = arena_new();
    struct test_row *row = ARENA_NEW(scratch, struct test_row, c->n * N_TESTS);
    double *adjusted = ARENA_NEW(scratch, double, c->n *N_TESTS);
    struct results *t = results_new("tests", &c->prepared->groups,
                                    "x y test statistic df1 df2 p_value p_adjusted estimate "
                                    "std_error conf_low conf_high finding status",
                                    keep);
    for (size_t i = 0; i < c->n; i++)
        for (size_t k = 0; k < N_TESTS; k++)
            row[i * N_TESTS + k] =
                shape_tests[k].row(&c->cell[i], c->prepared->conf_level, scratch);
    for (size_t k = 0; k < N_TESTS; k++)
        adjust(c, row + k, adjusted + k, scratch);
    for (size_t i = 0; i < c->n; i++)
        for (size_t k = 0; k < N_TESTS; k++)
            put(t, c, &c->cell[i], shape_tests[k].name, &row[i * N_TESTS + k],
                adjusted[i * N_TESTS + k]);
    arena_free(scratch);
    return results_finish(t);
}

void curves_tests_table(const struct curves *c, struct report_builder *report, struct arena *keep)
{
    const struct prepared *p = c->prepared;
    const char *y = phrase_r_name(p->y[0].name, keep), *x = phrase_r_name(p->x[0].name, keep);
    report_add_table(
        report,
        &(struct table){
            .id = "tests",
            .aside = true,
            .sheet = "Turns and knots",
            .title = "Does the relation turn, or change its slope at a knot?",
            .note = arena_printf(
                keep,
                "slope_*_end, *u_shape: slopes of the parabola at the ends of the data and Lind "
                "and Mehlum's one-sided test that they differ in sign; estimate: the turn, "
                "Fieller's interval, std_error by the delta method. A parabola also bends where "
                "the "
                "relation only levels off: believe a turn where two_lines shows it too. two_lines: "
                "Simonsohn's slopes "
                "below and above a breakpoint (estimate), HC3. knot_sup_f: the largest F of hinge "
                "against line over all knots, p by the bootstrap; estimate: the knot, profile "
                "interval; knot_davies: Davies' bound, bootstrap interval. An empty end of an "
                "interval is open. p_adjusted: %s over the non-margin cells x scales x behaviours "
                "of one test.",
                p->adjust),
            .check_r = arena_printf(keep,
                                    "%sm <- lm(%s ~ %s + I(%s^2), d); r <- range(d$%s); b <- "
                                    "coef(m); b[2] + 2 * b[3] * r  # slopes at the ends",
                                    p->study ? "d <- na.omit(read.csv('tables/study.csv')); " : "",
                                    y, x, x, x),
            .frame = tests_frame(c, keep)});
}

/* ---- sentences ---- */

/* "95 % 4 to 6", "95 % 4 and more", "95 % up to 6"; an interval without ends says so. */
static const char *interval(const struct limits *i, double conf_level, struct arena *keep)
{
    const char *level = phrase_level(conf_level, keep), *low = phrase_number(i->low, keep);
    const char *high = phrase_number(i->high, keep);
    if (isnan(i->low) && isnan(i->high))
        return arena_printf(keep, "%s interval: the whole scale", level);
    if (isnan(i->low))
        return arena_printf(keep, "%s up to %s", level, high);
    if (isnan(i->high))
        return arena_printf(keep, "%s %s and more", level, low);
    return arena_printf(keep, "%s %s to %s", level, low, high);
}

/* Only where both tests of a knot say the same. */
static void knot_line(const struct curves *c, const struct curve_cell *cell,
                      struct report_builder *report, struct arena *scratch)
{
    const struct prepared *p = c->prepared;
    const struct knot_test *k = &cell->knot;
    double alpha = 1 - p->conf_level;
    if (k->status == FIT_OK && k->p_value < alpha && k->davies_p_value < alpha)
        report_add_line(report, "  There is a knot at %s (%s): %s (%s).",
                        phrase_number(k->knot.estimate, scratch),
                        interval(&k->knot, p->conf_level, scratch), slopes(k, scratch),
                        phrase_p(k->p_value, scratch));
}

/* Only where both tests of a turn say the same. */
static void turn_line(const struct curves *c, const struct curve_cell *cell,
                      struct report_builder *report, struct arena *scratch)
{
    double alpha = 1 - c->prepared->conf_level;
    const struct u_test *u = &cell->u_test;
    const struct two_lines *t = &cell->two_lines;
    bool falls = t->slope[0].estimate < 0;
    double p = falls ? u->u.p_value : u->inverse_u.p_value;
    if (u->status == FIT_OK && t->status == FIT_OK && t->p_value < alpha && p < alpha)
        report_add_line(report, "  It turns at %s (%s): %s.", phrase_number(u->turn, scratch),
                        interval(&u->fieller, c->prepared->conf_level, scratch),
                        falls ? "falling, then rising" : "rising, then falling");
}

void curves_tests_lines(const struct curves *c, size_t y, struct report_builder *report,
                        struct arena *scratch)
{
    const struct prepared *p = c->prepared;
    const struct curve_cell *all = curves_find(c, &p->groups.at[p->groups.n - 1], 0, y);
    turn_line(c, all, report, scratch);
    knot_line(c, all, report, scratch);
}
