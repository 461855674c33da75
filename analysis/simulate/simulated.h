/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_SIMULATE_SIMULATED_H
#define ANALYSIS_SIMULATE_SIMULATED_H

#include "analysis/study/made_text.h"
#include "models/simulate/people.h"
#include "models/simulate/purchases.h"
#include "models/simulate/survey.h"

/* A simulated market as files. */
struct simulated {
    const struct market *market;
    struct ledger_lines lines;
    struct responses responses;
    const struct doing *doing;   /* [market->n_people] */
    const char *command;         /* that makes the same files again */
    const char *survey[N_WAVES]; /* file names: "survey-2024.csv" */
};

enum { SIMULATED_ID_SIZE = 16 };

/* The customer id of a number: eight digits and a letter, "00012345K". */
void simulated_id(uint32_t number, char id[SIMULATED_ID_SIZE]);

/* Counts of the join, as truth-join.csv tells them. */
struct simulated_counts {
    size_t master, survey_rows, unfinished, superseded, usable, unknown, matched, censored, study;
    size_t ledger_lines, kind[N_LINE_KINDS], blank_key, subtotals;
};

struct simulated_counts simulated_counts(const struct simulated *s);

/* Months from the first to the last day of the ledger: each ends in a subtotal. */
size_t simulated_months(const struct calendar *calendar);

void simulated_survey(const struct simulated *s, int wave, struct made_text *out);
void simulated_customers(const struct simulated *s, struct made_text *out);
void simulated_ledger(const struct simulated *s, struct made_text *out);
void simulated_truth(const struct simulated *s, struct made_text *out);
void simulated_points(const struct simulated *s, struct made_text *out);
void simulated_correlations(const struct simulated *s, struct made_text *out);
void simulated_join(const struct simulated *s, struct made_text *out);
void simulated_respondents(const struct simulated *s, struct made_text *out);
void simulated_study(const struct simulated *s, struct made_text *out);
void simulated_readme(const struct simulated *s, struct made_text *out);

#endif
