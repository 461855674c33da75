/* SPDX-License-Identifier: GPL-3.0-or-later
   The files that say what is true in a simulated study. */
#include "analysis/simulate/simulated.h"

#include <inttypes.h>

static void add_cell(struct made_text *out, size_t c)
{
    text_add(out, "%s,%s", true_cells[c].industry, true_cells[c].segment);
}

static void add_figure(struct made_text *out, double value)
{
    text_add(out, ",%.10g", value);
}

static void add_header(struct made_text *out, const char *prefix, const char *const words[],
                       size_t n)
{
    for (size_t i = 0; i < n; i++)
        text_add(out, ",%s%s", prefix, words[i]);
}

void simulated_truth(const struct simulated *s, struct made_text *out)
{
    text_add(out, "industry,segment,shape,curve,formula,a,b,c");
    add_header(out, "mean_", true_outcome_words, N_TRUE_OUTCOMES);
    add_header(out, "sd_", true_outcome_words, N_TRUE_OUTCOMES);
    add_header(out, "r_intent_", true_outcome_words, N_TRUE_OUTCOMES);
    text_add(out, ",response_rate\n");
    for (size_t c = 0; c < n_true_cells; c++) {
        const struct true_cell *cell = &true_cells[c];
        const struct cell_truth *truth = &s->market->truth[c];
        add_cell(out, c);
        text_add(out, ",%s,%s,%s", cell->curve->shape, cell->curve->name, cell->curve->formula);
        for (size_t k = 0; k < N_CURVE_PARAMETERS; k++)
            if (k < cell->curve->n_params)
                add_figure(out, cell->parameter[k]);
            else
                text_add(out, ",");
        for (size_t o = 0; o < N_TRUE_OUTCOMES; o++)
            add_figure(out, truth->outcome_mean[o]);
        for (size_t o = 0; o < N_TRUE_OUTCOMES; o++)
            add_figure(out, truth->outcome_sd[o]);
        for (size_t o = 0; o < N_TRUE_OUTCOMES; o++)
            add_figure(out, truth->correlation[SCALE_INTENT][o]);
        add_figure(out, truth->response);
        text_add(out, "\n");
    }
}

void simulated_points(const struct simulated *s, struct made_text *out)
{
    text_add(out, "industry,segment,intent,share,propensity");
    add_header(out, "", true_outcome_words, N_TRUE_OUTCOMES);
    text_add(out, "\n");
    for (size_t c = 0; c < n_true_cells; c++)
        for (size_t k = 0; k < N_POINTS; k++) {
            const struct cell_truth *truth = &s->market->truth[c];
            add_cell(out, c);
            text_add(out, ",%zu", k + 1);
            add_figure(out, truth->point_share[k]);
            add_figure(out, truth->propensity[k]);
            for (size_t o = 0; o < N_TRUE_OUTCOMES; o++)
                add_figure(out, truth->at_point[o][k]);
            text_add(out, "\n");
        }
}

void simulated_correlations(const struct simulated *s, struct made_text *out)
{
    text_add(out, "industry,segment,x,y,method,estimate\n");
    for (size_t c = 0; c < n_true_cells; c++)
        for (size_t x = 0; x < N_TRUE_SCALES; x++)
            for (size_t y = 0; y < N_TRUE_OUTCOMES; y++) {
                add_cell(out, c);
                text_add(out, ",%s,%s,pearson", true_scale_words[x], true_outcome_words[y]);
                add_figure(out, s->market->truth[c].correlation[x][y]);
                text_add(out, "\n");
            }
}

struct simulated_counts simulated_counts(const struct simulated *s)
{
    struct simulated_counts n = {.subtotals = simulated_months(&s->market->calendar)};
    for (size_t i = 0; i < s->market->n_people; i++)
        n.master += !s->market->people[i].unlisted;
    n.survey_rows = s->responses.n;
    for (size_t i = 0; i < s->responses.n; i++) {
        const struct response *r = &s->responses.at[i];
        bool usable = r->finished && !r->superseded;
        const struct doing *d = r->person == NOBODY ? NULL : &s->doing[r->person];
        bool matched = usable && d && d->known;
        n.unfinished += !r->finished;
        n.superseded += r->finished && r->superseded;
        n.usable += usable;
        n.unknown += usable && !matched;
        n.matched += matched;
        n.censored += matched && !d->covered;
        n.study += matched && d->covered;
    }
    for (size_t i = 0; i < s->lines.n; i++)
        if (s->lines.at[i].person == NOBODY)
            n.blank_key++;
        else
            n.kind[s->lines.at[i].kind]++;
    n.ledger_lines = s->lines.n + n.subtotals;
    return n;
}

void simulated_join(const struct simulated *s, struct made_text *out)
{
    struct simulated_counts n = simulated_counts(s);
    const struct {
        const char *name;
        size_t value;
    } rows[] = {
        {"customers in the master", n.master},
        {"survey rows", n.survey_rows},
        {"survey rows not finished", n.unfinished},
        {"finished answers replaced by a later one", n.superseded},
        {"usable respondents", n.usable},
        {"respondents found nowhere", n.unknown},
        {"respondents matched", n.matched},
        {"matched with a censored window", n.censored},
        {"respondents in the study", n.study},
        {"ledger lines", n.ledger_lines},
        {"sale lines", n.kind[LINE_SALE]},
        {"return lines", n.kind[LINE_RETURN]},
        {"payment lines", n.kind[LINE_PAYMENT]},
        {"lines in another currency", n.kind[LINE_FOREIGN]},
        {"lines without a customer", n.blank_key},
        {"subtotal lines", n.subtotals},
    };
    text_add(out, "name,value\n");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        text_add(out, "%s,%zu\n", rows[i].name, rows[i].value);
}

static void add_doing(struct made_text *out, const struct doing *d)
{
    text_add(out, ",%d,%" PRIu32 ",%" PRIu32 ",%" PRIu32 ",", d->purchases > 0, d->purchases,
             d->purchase_days, d->lines);
    text_add_cents(out, d->spend);
    text_add(out, ",");
    text_add_cents(out, d->gross);
    text_add(out, ",");
    text_add_cents(out, d->returned);
    text_add(out, ",%" PRIu32 ",", d->baseline_purchases);
    text_add_cents(out, d->baseline_spend);
    text_add(out, "\n");
}

void simulated_respondents(const struct simulated *s, struct made_text *out)
{
    text_add(out, "customer_id,response_date,industry,segment,style,propensity,censored,retained,"
                  "purchases,purchase_days,lines,spend,spend_gross,returned,baseline_purchases,"
                  "baseline_spend\n");
    char id[SIMULATED_ID_SIZE];
    for (size_t i = 0; i < s->market->n_people; i++) {
        const struct person *p = &s->market->people[i];
        if (p->wave == NO_WAVE)
            continue;
        simulated_id(p->number, id);
        text_add(out, "%s,", id);
        text_add_day(out, p->anchor);
        text_add(out, ",%s,%s,%s,%.4f,%d", true_cells[p->cell].industry,
                 true_cells[p->cell].segment, styles[p->style].name, p->propensity,
                 !s->doing[i].covered);
        add_doing(out, &s->doing[i]);
    }
}
