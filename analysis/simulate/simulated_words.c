/* SPDX-License-Identifier: GPL-3.0-or-later
   The study file and the README of a simulated study. */
#include "analysis/simulate/simulated.h"

#include <inttypes.h>
#include <math.h>

static void add_surveys(const struct simulated *s, struct made_text *out)
{
    text_add(out, "surveys:\n");
    for (int w = 0; w < N_WAVES; w++)
        text_add(
            out,
            "  - file: %s\n"
            "    format: csv\n"
            "    key: ExternalReference        # the customer id, as the survey tool has it\n"
            "    date: RecordedDate            # the window of each respondent starts from it\n"
            "    date_format: \"%%Y-%%m-%%d %%H:%%M:%%S\"\n"
            "    keep: [{column: Finished, values: [\"True\"]}]\n"
            "    duplicates: latest            # some answered twice\n",
            s->survey[w]);
}

static void add_scales(struct made_text *out)
{
    text_add(out, "\nscales:\n"
                  "  - name: intent\n"
                  "    column: Q1\n"
                  "    range: [1, 7]\n"
                  "    missing: [\"98\", \"-99\"]        # don't know, refused\n"
                  "    label: How likely are you to buy from us again in the next 12 months?\n"
                  "  - name: satisfaction\n"
                  "    items: [Q2_1, Q2_2, Q2_3]\n"
                  "    reverse: [Q2_3]               # worded the other way round\n"
                  "    range: [1, 7]\n"
                  "    missing: [\"98\", \"-99\"]\n"
                  "    combine: mean\n"
                  "    label: Satisfaction, mean of three items\n"
                  "  - name: recommend\n"
                  "    column: Q3\n"
                  "    range: [0, 10]\n"
                  "    nps: {promoters: 9, detractors: 6}\n"
                  "    missing: [\"98\", \"-99\"]\n"
                  "    label: How likely are you to recommend us to a friend?\n"
                  "\ngroups:\n"
                  "  - {name: industry, column: industry, levels: [bank, retailer, internet]}\n"
                  "  - {name: segment, column: segment, levels: [young, family, senior]}\n");
}

static void add_ledger(struct made_text *out)
{
    text_add(out,
             "\n# Who exists: proves that a respondent without purchases is a zero, not a gap.\n"
             "customers: {file: customers.csv, key: customer_id}\n"
             "\nledgers:\n"
             "  - file: ledger.csv.gz\n"
             "    key: customer_id\n"
             "    document: document\n"
             "    date: {column: date, format: \"%%Y-%%m-%%d\"}\n"
             "    amount: {column: amount, sign: leading}\n"
             "    type: {column: type, sale: [INV], return: [CRN], payment: [PAY]}\n"
             "    currency: {column: currency, keep: EUR}\n"
             "    drop: [{column: customer_id, values: [\"Total*\"]}]   # monthly subtotals\n"
             "\njoin:\n"
             "  key_rules: [trim, case, strip_zeros]   # the survey lost zeros and capitals\n"
             "  min_match: 0.95\n"
             "  window: {offset: 1d, length: 365d, censored: exclude}\n"
             "  baseline: 365d\n");
}

void simulated_study(const struct simulated *s, struct made_text *out)
{
    text_add(out,
             "# A simulated study: what is true in it stands in truth*.csv.\n"
             "# Made by: %s\n"
             "# Run:     saydo-report study.yml -o report/\n\n"
             "study:\n"
             "  name: Three simulated industries\n"
             "  seed: %" PRIu64 "\n\n",
             s->command, s->market->seed);
    add_surveys(s, out);
    add_scales(out);
    add_ledger(out);
    text_add(out, "\nbehaviours: [retained, purchases, spend]\n"
                  "\nanalysis:\n"
                  "  by: [industry, segment]\n"
                  "  min_n: 30\n"
                  "  adjust: holm\n"
                  "  methods: [pearson, spearman, kendall]\n"
                  "  curves: [linear, power, exponential, asymptotic, logistic]\n");
}

static void add_files(const struct simulated *s, struct made_text *out)
{
    struct simulated_counts n = simulated_counts(s);
    text_add(out,
             "## Files\n\n"
             "| file | what |\n| --- | --- |\n"
             "| `study.yml` | the study: `saydo-report study.yml -o report/` |\n"
             "| `%s`, `%s` | %zu survey rows of two waves, %zu usable respondents |\n"
             "| `customers.csv` | the customer master: %zu customers |\n"
             "| `ledger.csv.gz` | %zu ledger lines |\n"
             "| `truth.csv` | per cell: the curve of yearly spend on stated intent, true means, "
             "standard deviations and correlations |\n"
             "| `truth-points.csv` | per cell and stated intent 1 to 7: share of respondents, mean "
             "propensity, expected retention, purchases and spend |\n"
             "| `truth-correlations.csv` | per cell: Pearson correlations of each scale (and the "
             "propensity behind it) with each behaviour |\n"
             "| `truth-join.csv` | how many rows, respondents and lines each filter keeps |\n"
             "| `truth-respondents.csv.gz` | what each respondent really did, counted by the "
             "simulator, not read from the ledger file |\n\n",
             s->survey[0], s->survey[1], n.survey_rows, n.usable, n.master, n.ledger_lines);
}

static void add_truth_table(const struct simulated *s, struct made_text *out)
{
    text_add(out,
             "## What is true\n\n"
             "| industry | segment | spend on intent x | shape | at 1 | at 4 | at 7 | r(intent, "
             "spend) | retained | mean spend |\n"
             "| --- | --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
    for (size_t c = 0; c < n_true_cells; c++) {
        const struct true_cell *cell = &true_cells[c];
        const struct cell_truth *t = &s->market->truth[c];
        const double *spend = t->at_point[OUTCOME_SPEND];
        text_add(out, "| %s | %s | `%s`", cell->industry, cell->segment, cell->curve->formula);
        for (size_t k = 0; k < cell->curve->n_params; k++)
            text_add(out, ", %s = %g", cell->curve->param[k], cell->parameter[k]);
        text_add(out, " | %s | %.0f | %.0f | %.0f | %.3f | %.3f | %.0f |\n", cell->curve->shape,
                 spend[0], spend[3], spend[6], t->correlation[SCALE_INTENT][OUTCOME_SPEND],
                 t->outcome_mean[OUTCOME_RETAINED], t->outcome_mean[OUTCOME_SPEND]);
    }
    text_add(out,
             "\nThe figures hold for the population of those who answer; they are integrals over "
             "the model, not estimates\nfrom these files. `retained` and `purchases` follow the "
             "intent linearly. Waves do not differ.\n\n");
}

static void add_model(struct made_text *out)
{
    text_add(
        out,
        "## The model\n\n"
        "A customer has a propensity p from a Beta distribution of the cell. The stated intent is\n"
        "1 + Binomial(6, s(p)): Morrison's (1979, Journal of Marketing 43(2), 65-74) "
        "beta-binomial.\n"
        "70 %% answer plainly, s(p) = p; 15 %% say yes to everything, 0.3 + 0.7 p; 15 %% are "
        "cautious,\n"
        "0.2 + 0.55 p. The three satisfaction items (1 to 7) and the recommendation (0 to 10) "
        "depend\n"
        "on p, on style, and on an experience that behaviour does not know.\n\n"
        "In a year a customer buys at all with probability q, linear in the stated intent x; then\n"
        "issues 1 + NegBin documents and spends curve(x) (1 + b z) / q, times activity, times a "
        "Gamma\n"
        "spread, where z = p - E(p | x) is what the answer did not tell. So the expected spend at "
        "x is\n"
        "the curve, exactly. Those of higher propensity or activity answer more often.\n\n");
}

static void add_unclean(struct made_text *out)
{
    text_add(
        out,
        "## What is unclean, as in practice\n\n"
        "- Ids in the survey without their leading zeros, in lower case, with a blank behind; "
        "each\n"
        "  customer's always in the same way. The rules `trim, case, strip_zeros` mend them all.\n"
        "- Respondents whose id matches nothing; customers who are missing in the master but stand "
        "in\n"
        "  the ledger; customers in the master who never buy, among the respondents too.\n"
        "- Two answers of one person (the later counts), unfinished answers, codes 98 (don't "
        "know)\n"
        "  and -99 (refused), blanks, a reversed item (Q2_3), comments with commas, quotes and "
        "line\n"
        "  ends.\n"
        "- In the ledger: returns (CRN, negative), payments (PAY), francs (CHF), monthly "
        "subtotals,\n"
        "  sales without a customer, purchases on the day of the answer (in neither window),\n"
        "  documents of one to five lines.\n"
        "- Late answers of the second wave, whose window ends after the ledger does.\n");
}

void simulated_readme(const struct simulated *s, struct made_text *out)
{
    text_add(out,
             "# Three simulated industries\n\n"
             "Synthetic: yes, entirely. No person, firm or purchase in these files exists. Made "
             "by\n\n    %s\n\nwhich makes the same files again, byte for byte.\n\n",
             s->command);
    text_add(out, "The ledger runs from ");
    text_add_day(out, s->market->calendar.first);
    text_add(out, " to ");
    text_add_day(out, s->market->calendar.last);
    text_add(out, ", the waves start on ");
    text_add_day(out, s->market->calendar.wave[0]);
    text_add(out, " and ");
    text_add_day(out, s->market->calendar.wave[1]);
    text_add(out, "; nobody is asked twice.\n\n");
    add_files(s, out);
    add_truth_table(s, out);
    add_model(out);
    add_unclean(out);
}
