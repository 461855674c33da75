/* SPDX-License-Identifier: GPL-3.0-or-later
   What was converted from which currency, of join.h. */
#include "analysis/study/join.h"

static const char *note_of(const struct study *study, size_t i, const char *before,
                           struct arena *keep)
{
    const struct study_ledger *l = &study->ledgers[i];
    return arena_printf(keep,
                        "%s%s%s: converted to %s by the latest rate of %s on or before the day, at "
                        "most %d days old, each line rounded half away from zero.",
                        before ? before : "", before ? " " : "", l->file, l->currency_to,
                        l->rates.file, l->rates.max_age);
}

void join_table_currencies(const struct study *study, const struct ledger_counts *counts,
                           struct report_builder *report, struct arena *keep)
{
    struct results *t =
        results_new("currencies", NULL, "file currency n_lines amount converted", keep);
    const char *note = NULL;
    for (size_t i = 0; i < study->n_ledgers; i++) {
        if (study->ledgers[i].currency_to)
            note = note_of(study, i, note, keep);
        for (size_t k = 0; k < counts[i].n_converted; k++) {
            const struct ledger_converted *c = &counts[i].converted[k];
            results_row(t, NULL);
            results_text(t, "file", study->ledgers[i].file);
            results_text(t, "currency", c->code);
            results_whole(t, "n_lines", (int64_t)c->lines);
            results_real(t, "amount", c->amount);
            results_real(t, "converted", c->home);
        }
    }
    if (note)
        report_add_table(report, &(struct table){.id = "currencies",
                                                 .sheet = "Currencies",
                                                 .title = "Amounts by currency, and what they are "
                                                          "converted",
                                                 .note = note,
                                                 .frame = results_finish(t)});
}
