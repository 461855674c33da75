/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_LEDGER_BEHAVIOURS_H
#define IO_LEDGER_BEHAVIOURS_H

#include <stdbool.h>
#include <stddef.h>

#include "models/base/arena.h"
#include "models/base/frame.h"

/* What the ledger can say about a customer inside a window of whole days.
   X(name, label, quantity, unit, definition).  Each also exists as baseline_NAME,
   the same over the days before the response, and change_NAME, the behaviour
   less its baseline; a study file may ask for a change only where the baseline is
   as long as the window. */
#define BEHAVIOUR_LIST(X)                                                                         \
    X(retained, "Retained", QUANTITY_SHARE, NULL,                                                 \
      "1 if the customer made at least one purchase in the window, else 0")                       \
    X(purchases, "Purchases", QUANTITY_COUNT, NULL, "distinct sale documents in the window")      \
    X(purchase_days, "Purchase days", QUANTITY_COUNT, "days",                                     \
      "distinct days of the window with a sale")                                                  \
    X(lines, "Lines", QUANTITY_COUNT, NULL, "sale lines in the window")                           \
    X(spend, "Spend", QUANTITY_MONEY, "currency",                                                 \
      "sales plus returns in the window; returns are negative and count on their own date, or "   \
      "on that of what they give back where the ledger declares it (date: returns)")              \
    X(spend_gross, "Gross spend", QUANTITY_MONEY, "currency",                                     \
      "sales in the window, before returns")                                                      \
    X(returned, "Returned", QUANTITY_MONEY, "currency",                                           \
      "returns in the window, as a negative sum: spend less gross spend")                         \
    X(frequency, "Frequency", QUANTITY_ESTIMATE, "per month",                                     \
      "purchases per month of the window (a month is 365.25 / 12 days)")                          \
    X(recency, "Recency", QUANTITY_COUNT, "days",                                                 \
      "days from the last day with a sale in the window to the window's last day; missing "       \
      "without a purchase")                                                                       \
    X(gap, "Gap", QUANTITY_ESTIMATE, "days",                                                      \
      "mean number of days between successive days with a sale in the window; missing below two " \
      "such days")                                                                                \
    X(tenure, "Tenure", QUANTITY_COUNT, "days",                                                   \
      "days from the customer's first sale in the ledger to the window's first day; missing if "  \
      "there is none before it")                                                                  \
    X(basket, "Basket", QUANTITY_MONEY, "currency",                                               \
      "gross spend per purchase in the window; missing without a purchase")

struct behaviour {
    const char *name, *label;
    enum quantity quantity;
    const char *unit; /* "currency": of the ledger; NULL: none */
    const char *definition;
};

extern const struct behaviour behaviours[]; /* in the order of the list */
extern const size_t n_behaviours;

enum behaviour_period { BEHAVIOUR_WINDOW, BEHAVIOUR_BASELINE, BEHAVIOUR_CHANGE };

/* The behaviour and the period that a word of the study file names: "spend",
   "baseline_spend", "change_spend".  NULL if there is none; period may be NULL. */
const struct behaviour *behaviour_find(const char *word, enum behaviour_period *period);

/* All words, [3 * n_behaviours], for "did you mean". */
const char *const *behaviour_words(struct arena *keep);

#endif
