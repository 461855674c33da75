/* SPDX-License-Identifier: GPL-3.0-or-later
   The selection check of join.h: do those in the study differ from those who are
   not, on what the survey and the ledger know of both? */
#include <math.h>
#include <string.h>

#include "analysis/study/behaviour_values.h"
#include "analysis/study/join.h"
#include "models/scale/difference.h"

struct comparing {
    struct results *t;
    double conf_level;
    struct arena *scratch;
};

/* Values of one variable in two groups, while they are collected. */
struct two_groups {
    double *value[2];
    size_t n[2];
};

static struct two_groups two_groups_new(size_t n, struct arena *scratch)
{
    return (struct two_groups){{ARENA_NEW(scratch, double, n), ARENA_NEW(scratch, double, n)},
                               {0, 0}};
}

static void put(struct two_groups *g, bool other, double value)
{
    if (!isnan(value))
        g->value[other][g->n[other]++] = value;
}

static void compare(const struct comparing *c, const char *comparison, const char *variable,
                    const struct two_groups *g)
{
    struct distribution d[2];
    for (int k = 0; k < 2; k++) {
        struct sample s = {.n = g->n[k], .x = g->value[k]};
        d[k] = distribution(&s, c->conf_level, c->scratch);
    }
    struct difference diff = difference_of_means(&d[0], &d[1], c->conf_level);
    results_row(c->t, NULL);
    results_text(c->t, "comparison", comparison);
    results_text(c->t, "variable", variable);
    results_real(c->t, "n", (double)g->n[0]);
    results_real(c->t, "mean", d[0].mean);
    results_real(c->t, "n_other", (double)g->n[1]);
    results_real(c->t, "mean_other", d[1].mean);
    results_real(c->t, "difference", diff.estimate);
    results_real(c->t, "conf_low", diff.conf_low);
    results_real(c->t, "conf_high", diff.conf_high);
    results_real(c->t, "std_difference", diff.smd);
    results_real(c->t, "p_value", diff.p_value);
    results_status(c->t, diff.status);
}

/* Respondents found against those not found, on what they said. */
static void compare_scales(const struct comparing *c, const struct join *j)
{
    for (size_t s = 0; s < j->study->n_scales; s++) {
        struct two_groups g = two_groups_new(j->responses.n, c->scratch);
        for (size_t i = 0; i < j->responses.n; i++)
            if (j->fate[i] == FATE_NOT_FOUND || j->fate[i] == FATE_STUDY ||
                j->fate[i] == FATE_CENSORED)
                put(&g, j->fate[i] == FATE_NOT_FOUND, j->responses.scale[s].value[i]);
        compare(c, "found less not found", j->study->scales[s].name, &g);
    }
}

/* Which of the known customers have answered, or (in_study) are in the study. */
static bool *answered(const struct join *j, bool in_study, struct arena *scratch)
{
    bool *who = ARENA_NEW(scratch, bool, key_map_count(j->known.map));
    for (size_t i = 0; i < j->responses.n; i++) {
        const struct response *a = &j->responses.at[i];
        if (a->use != RESPONSE_USABLE || a->unmapped || (in_study && j->fate[i] != FATE_STUDY))
            continue;
        uint32_t at = key_map_find(j->known.map, a->joined, strlen(a->joined));
        if (at != KEY_MAP_NONE)
            who[at] = true;
    }
    return who;
}

/* What the whole ledger says of known customer `at`, of all his accounts together. */
static double ledger_value(const struct join *j, const int64_t *of_customer, double units,
                           uint32_t at)
{
    double sum = 0;
    for (uint32_t id = j->known.ledger_id[at]; id != KEY_MAP_NONE; id = j->known.ledger_next[id])
        sum += (double)of_customer[id];
    return sum / units;
}

/* Everyone known, respondents against the rest, on the whole ledger. */
static void compare_ledger(const struct comparing *c, const struct join *j, const char *variable,
                           const int64_t *of_customer, double units, const bool *who)
{
    size_t n = key_map_count(j->known.map);
    struct two_groups g = two_groups_new(n, c->scratch);
    for (uint32_t at = 0; at < n; at++)
        put(&g, !who[at], ledger_value(j, of_customer, units, at));
    compare(c, "respondents less all other customers", variable, &g);
}

bool join_ledger_variable(const struct join *j, const char *behaviour, const double **value,
                          const bool **in_study, size_t *n, struct arena *keep)
{
    const struct tally_columns *all = &j->seen.customers.tally;
    double units = currency_units(j->study);
    const struct {
        const char *name;
        const int64_t *of_customer;
        double units;
    } variable[] = {{"purchases", all->purchases, 1},
                    {"purchase_days", all->purchase_days, 1},
                    {"spend", all->spend, units},
                    {"returned", all->returned, units}};
    size_t k = 0;
    while (k < sizeof variable / sizeof *variable && strcmp(variable[k].name, behaviour) != 0)
        k++;
    if (k == sizeof variable / sizeof *variable)
        return false;
    *n = key_map_count(j->known.map);
    double *v = ARENA_NEW(keep, double, *n);
    for (uint32_t at = 0; at < *n; at++)
        v[at] = ledger_value(j, variable[k].of_customer, variable[k].units, at);
    *value = v;
    *in_study = answered(j, true, keep);
    return true;
}

void join_table_selection(const struct join *j, double conf_level, struct report_builder *report,
                          struct arena *keep)
{
    struct arena *scratch = arena_new();
    struct comparing c = {results_new("selection", NULL,
                                      "comparison variable n mean n_other mean_other difference "
                                      "conf_low conf_high std_difference p_value status",
                                      keep),
                          conf_level, scratch};
    const struct tally_columns *all = &j->seen.customers.tally;
    const bool *who = answered(j, false, scratch);
    double units = currency_units(j->study);
    compare_scales(&c, j);
    compare_ledger(&c, j, "purchases", all->purchases, 1, who);
    compare_ledger(&c, j, "purchase_days", all->purchase_days, 1, who);
    compare_ledger(&c, j, "spend", all->spend, units, who);
    compare_ledger(&c, j, "returned", all->returned, units, who);
    arena_free(scratch);
    report_add_table(
        report,
        &(struct table){
            .id = "selection",
            .sheet = "Selection",
            .title = "Are the respondents like the other customers?",
            .note =
                "Differences of means with Welch's interval; std_difference is Hedges's g (over "
                "0.2 in size: mind the selection). Ledger variables are over the whole ledger, "
                "customers without a line count 0.",
            .check_r = "t.test(x ~ group) for difference, interval and p",
            .check_spss = "T-TEST GROUPS=group(1 2) /VARIABLES=x. (equal variances not assumed)",
            .frame = results_finish(c.t)});
}
