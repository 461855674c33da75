/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/glm/curvature.h"

#include <math.h>
#include <string.h>

#include "analysis/glm/twin_effects.h"
#include "analysis/study/phrases.h"
#include "models/twin/bend.h"

enum { EVEN_POINTS = 7 };

/* Points of one variable's curve. */
struct points {
    size_t n;
    double x[CURVATURE_POINTS];
    size_t level[CURVATURE_POINTS]; /* of a variable with levels */
};

static bool add_distinct(struct points *p, double x)
{
    size_t at = 0;
    while (at < p->n && p->x[at] < x)
        at++;
    if (at < p->n && p->x[at] == x)
        return true;
    if (p->n == CURVATURE_POINTS)
        return false;
    memmove(p->x + at + 1, p->x + at, (p->n - at) * sizeof *p->x);
    p->x[at] = x;
    p->n++;
    return true;
}

static void number_points(const struct margins *m, const struct margin_variable *v,
                          struct points *p)
{
    const struct outcome_data *data = &m->fit->data;
    const double *value = m->data->column[v->column].value;
    bool few = true;
    for (size_t i = 0; i < data->design->n && few; i++)
        if (!data->w || data->w[i] > 0)
            few = add_distinct(p, value[data->design->row[i]]);
    if (few)
        return;
    p->n = EVEN_POINTS;
    for (size_t k = 0; k < p->n; k++)
        p->x[k] = v->low + (v->high - v->low) * (double)k / (EVEN_POINTS - 1);
}

/* The points of a number, or of a factor of numbers: ascending, as its levels are. */
static struct points points_of(const struct margins *m, const struct margin_variable *v)
{
    struct points p = {0};
    if (v->column == SIZE_MAX)
        return p;
    if (v->n_levels == 0)
        number_points(m, v, &p);
    for (size_t k = 0; v->value && v->n_levels <= CURVATURE_POINTS && k < v->n_levels; k++) {
        if (k > 0 && v->value[k] <= v->value[k - 1])
            return (struct points){0};
        p.x[p.n] = v->value[k];
        p.level[p.n++] = k;
    }
    return p;
}

/* The bends of one variable, on the link's scale and on the outcome's. */
struct both {
    struct bend link, outcome;
};

static void add_answer(const struct margin *answer, const double *score, size_t p, double *curve,
                       double *gradient)
{
    *curve = answer->n ? 0 : NAN;
    for (size_t k = 0; k < answer->n; k++) {
        double s = answer->n == 1 ? 1 : score[k];
        *curve += s * answer->estimate[k];
        for (size_t h = 0; h < p; h++)
            gradient[h] += s * answer->gradient[k * p + h];
    }
}

static struct bend bend_on(const struct margins *m, const struct margin *answer, size_t n,
                           const double *x, double conf_level, struct arena *scratch)
{
    size_t p = m->fit->fit.n_params;
    const double *score = twin_scores(m->fit, scratch);
    double *curve = ARENA_NEW(scratch, double, n), *gradient = ARENA_NEW(scratch, double, n *p);
    struct bend bend;
    for (size_t j = 0; j < n; j++)
        add_answer(&answer[j], score, p, &curve[j], gradient + j * p);
    bend_of(&m->fit->fit, x, curve, gradient, n, conf_level, &bend);
    return bend;
}

static struct both bends_of(const struct margins *m, const struct margin_variable *v,
                            const struct points *p, double conf_level, struct arena *scratch)
{
    struct margin_query query[2 * CURVATURE_POINTS] = {0};
    struct margin answer[2 * CURVATURE_POINTS];
    for (size_t j = 0; j < 2 * p->n; j++) {
        query[j].n_settings = 1;
        query[j].setting[0] = (struct margin_setting){v, p->x[j % p->n], p->level[j % p->n]};
        query[j].linear = j < p->n;
    }
    margins_average(m, query, 2 * p->n, answer, scratch);
    return (struct both){bend_on(m, answer, p->n, p->x, conf_level, scratch),
                         bend_on(m, answer + p->n, p->n, p->x, conf_level, scratch)};
}

/* ---- the table ---- */

static void bend_row(struct results *t, const struct regressions *r,
                     const struct regression_cell *cell, const char *variable, const char *scale,
                     const struct bend *b, const char *flips)
{
    enum fit_status status = regressions_status(cell);
    regressions_identify(t, r, cell);
    results_text(t, "variable", variable);
    results_text(t, "outcome_scale", scale);
    results_real(t, "bend", b->estimate);
    results_real(t, "std_error", b->std_error);
    results_real(t, "statistic", b->statistic);
    results_real(t, "df", isinf(b->df) ? NAN : b->df);
    results_real(t, "p_value", b->p_value);
    results_real(t, "conf_low", b->conf_low);
    results_real(t, "conf_high", b->conf_high);
    results_text(t, "verdict", verdict_word(b->verdict));
    results_text(t, "verdict_flips", flips);
    results_status(t,
                   b->status == FIT_UNIDENTIFIED && status == FIT_CONVERGED ? b->status : status);
}

/* Where the model may bend on the link's scale, and does not as the outcome does. */
static void flip_line(const struct regressions *r, const struct regression_cell *cell,
                      const char *variable, const struct both *b, struct report_builder *report,
                      struct arena *scratch)
{
    bool whole = cell == &r->cell[r->n - 1];
    if (!bends_differ(&b->link, &b->outcome) || !whole || b->link.status != FIT_OK)
        return;
    report_add_line(report,
                    "%s over %s: %s on the scale of the outcome, %s on that of the %s link (%s): "
                    "part of the curvature is the link's, not the customers'.",
                    regressions_response(r), variable, verdict_word(b->outcome.verdict),
                    verdict_word(b->link.verdict), cell->fit.link,
                    phrase_p(b->link.p_value, scratch));
}

static void cell_rows(struct results *t, const struct regressions *r,
                      const struct regression_cell *cell, struct report_builder *report)
{
    struct arena *scratch = arena_new();
    struct margins m;
    bool identity =
        strcmp(cell->fit.link, "identity") == 0 && cell->fit.n_means == 1 && !cell->fit.tobit;
    margins_prepare(&cell->fit, r->formula, &r->data, r->prepared->threads, &m, scratch);
    for (size_t k = 0; k < m.n_variables && m.status == FIT_OK; k++) {
        const struct margin_variable *v = &m.variable[k];
        const struct points p = points_of(&m, v);
        if (p.n < 3)
            continue;
        const struct both b = bends_of(&m, v, &p, r->prepared->conf_level, scratch);
        const char *flips = identity ? NULL : bends_differ(&b.link, &b.outcome) ? "yes" : "no";
        if (!identity)
            bend_row(t, r, cell, v->name, "link", &b.link, flips);
        bend_row(t, r, cell, v->name, "outcome", &b.outcome, flips);
        if (!identity)
            flip_line(r, cell, v->name, &b, report, scratch);
    }
    arena_free(scratch);
}

void regressions_curvature(const struct regressions *r, struct report_builder *report,
                           struct arena *keep)
{
    const char *note = arena_printf(
        keep,
        "%s. The rows as they are, with the variable set to each of its points. bend: average "
        "second difference of the average x'b (link) and of the average mean (outcome; of ordered "
        "answers of their mean score); errors by the delta method, %s; %s intervals. Only what "
        "holds on both scales belongs to the customers.",
        r->options.text, regressions_errors_note(r, keep),
        phrase_level(r->prepared->conf_level, keep));
    struct results *t =
        results_new("curvature", &r->prepared->groups,
                    REGRESSION_COLUMNS "variable outcome_scale bend std_error statistic df p_value "
                                       "conf_low conf_high verdict verdict_flips status",
                    keep);
    for (size_t i = 0; i < r->n; i++)
        if (r->cell[i].made && r->cell[i].fit.outcome)
            cell_rows(t, r, &r->cell[i], report);
    report_add_table(report, &(struct table){.id = "curvature",
                                             .sheet = "Curvature",
                                             .title = "Increasing or decreasing returns, on both "
                                                      "scales",
                                             .note = note,
                                             .frame = results_finish(t),
                                             .aside = true});
}
