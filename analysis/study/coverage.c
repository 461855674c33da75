/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/study/coverage.h"

#include <stdlib.h>
#include <string.h>

#include "io/privacy/personal.h"
#include "io/table/table.h"
#include "io/text/parse.h"

enum { LONGEST_GAP = 31 };

struct stretch {
    int32_t from, to;
    bool declared; /* its start is */
};

static int by_start(const void *a, const void *b)
{
    const struct stretch *p = a, *q = b;
    if (p->from != q->from)
        return p->from < q->from ? -1 : 1;
    return (p->to > q->to) - (p->to < q->to);
}

static struct stretch entry_coverage(const struct study_ledger *l, const struct ledger_counts *c)
{
    struct stretch s = {c->first, c->last, l->coverage_from != NULL};
    if (l->coverage_from)
        parse_iso_date(l->coverage_from, strlen(l->coverage_from), &s.from);
    if (l->coverage_to)
        parse_iso_date(l->coverage_to, strlen(l->coverage_to), &s.to);
    return s;
}

/* Do the stretches, sorted by start, follow each other without an overlap? */
static bool consecutive(const struct stretch *s, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (s[i].from <= s[i - 1].to || s[i].from - s[i - 1].to > LONGEST_GAP)
            return false;
    return n > 0;
}

struct coverage coverage_of(const struct study *study, const struct ledger_counts *counts,
                            struct arena *keep)
{
    size_t n = 0;
    int32_t *from = ARENA_NEW(keep, int32_t, study->n_ledgers),
            *to = ARENA_NEW(keep, int32_t, study->n_ledgers);
    struct stretch *s = ARENA_NEW(keep, struct stretch, study->n_ledgers);
    for (size_t i = 0; i < study->n_ledgers; i++) {
        struct stretch e = entry_coverage(&study->ledgers[i], &counts[i]);
        from[i] = e.from;
        to[i] = e.to;
        if (e.from != DAY_MISSING && e.to != DAY_MISSING)
            s[n++] = e;
    }
    struct coverage c = {
        .from = DAY_MISSING, .to = DAY_MISSING, .entry_from = from, .entry_to = to};
    if (n == 0)
        return c;
    qsort(s, n, sizeof *s, by_start);
    bool chain = consecutive(s, n);
    const struct stretch *start = chain ? &s[0] : &s[n - 1];
    c.from = start->from;
    c.from_is_declared = start->declared;
    c.to = s[0].to;
    for (size_t i = 1; i < n; i++)
        if (chain ? s[i].to > c.to : s[i].to < c.to)
            c.to = s[i].to;
    return c;
}

static bool same_text(const char *a, const char *b)
{
    return (!a && !b) || (a && b && strcmp(a, b) == 0);
}

bool ledgers_differ(const struct study *study, const struct ledger_counts *counts, struct err *err)
{
    for (size_t i = 1; i < study->n_ledgers; i++)
        for (size_t k = 0; k < i; k++) {
            const struct study_ledger *a = &study->ledgers[k], *b = &study->ledgers[i];
            char what[400];
            if (counts[i].lines == 0 ||
                memcmp(counts[i].fingerprint, counts[k].fingerprint, 16) != 0 ||
                !same_text(a->amount.column, b->amount.column) ||
                !same_text(a->amount.debit, b->amount.debit))
                continue;
            snprintf(what, sizeof what, "holds the same as %s: each line would count twice",
                     strcmp(a->file, b->file) == 0 ? "the entry before it" : a->file);
            return err_at(
                err, ERR_VALUE,
                &(struct problem){.file = b->file, .what = what, .mend = "name the ledger once"});
        }
    return true;
}

void spill_warning(uint64_t bytes, struct report_builder *report)
{
    if (bytes > 0)
        report_add_warning(report,
                           "documents do not come in rising order, and their lists need more than "
                           "--memory: %llu MB went to a temporary file, which takes longer",
                           (unsigned long long)(bytes >> 20) + 1);
}

static const char *hash_text(const uint8_t hash[32], struct arena *keep)
{
    char *text = ARENA_NEW(keep, char, 2 * 32 + 1);
    for (size_t b = 0; b < 32; b++)
        snprintf(text + 2 * b, 3, "%02x", hash[b]);
    return text;
}

void ledgers_facts(const struct study *study, const struct ledger_counts *counts, bool hashed,
                   struct report_builder *report, struct arena *keep)
{
    for (size_t i = 0; i < study->n_ledgers; i++) {
        const char *file = study->ledgers[i].file;
        if (hashed)
            report_add_fact(report, "inputs", file, hash_text(counts[i].hash, keep));
        report_add_count(report, arena_printf(keep, "lines of %s", file), (double)counts[i].lines);
        if (counts[i].n_totals)
            report_add_count(report,
                             arena_printf(keep, "totals of %s compared with their lines", file),
                             (double)counts[i].n_totals);
        if (counts[i].refunds)
            report_add_count(report, arena_printf(keep, "refunds in lines of %s", file),
                             (double)counts[i].refunds);
        if (counts[i].returns_dated)
            report_add_count(report,
                             arena_printf(keep, "returns in %s on the day of the original", file),
                             (double)counts[i].returns_dated);
        if (counts[i].reversed)
            report_add_count(report, arena_printf(keep, "reversals in %s", file),
                             (double)counts[i].reversed);
        for (size_t k = 0; k < counts[i].n_converted; k++)
            report_add_count(
                report, arena_printf(keep, "lines of %s in %s", file, counts[i].converted[k].code),
                (double)counts[i].converted[k].lines);
    }
}

static void warn_of_gaps(const struct study_ledger *l, const struct ledger_counts *c,
                         struct report_builder *report)
{
    char a[16], b[16];
    for (size_t i = 1; i < c->n_days; i++) {
        int32_t gap = c->days[i] - c->days[i - 1] - 1;
        bool near_end = i + 5 >= c->n_days;
        if (gap <= LONGEST_GAP)
            continue;
        if (near_end)
            report_add_warning(report,
                               "%s: after %s entries stand only on %zu day%s, from %s: a "
                               "stray date? If the ledger ends earlier, declare coverage: {to: %s}",
                               l->file, day_text(c->days[i - 1], a), c->n_days - i,
                               c->n_days - i == 1 ? "" : "s", day_text(c->days[i], b),
                               day_text(c->days[i - 1], a));
        else
            report_add_warning(
                report, "%s: no entry for %d days after %s: is a part of the ledger missing?",
                l->file, gap, day_text(c->days[i - 1], a));
    }
}

/* The other order of day and month; NULL of formats that tell it otherwise, by points or names. */
static const char *swapped_format(const char *format)
{
    if (strcmp(format, "%d/%m/%Y") == 0)
        return "%m/%d/%Y";
    return strcmp(format, "%m/%d/%Y") == 0 ? "%d/%m/%Y" : NULL;
}

/* Days of a workbook are numbers, in no order. */
static bool is_workbook(const struct study *study, const struct study_ledger *l)
{
    struct arena *scratch = arena_new();
    const bool is = table_is_workbook(study->path ? study_path(study, l->file, scratch) : l->file);
    arena_free(scratch);
    return is;
}

/* The order of day and month that only a preset declares, where all days would fit the other one
   as well: invoices of the first of each month look like the first days of one month. */
static void warn_of_swapped_days(const struct study *study, size_t i, const struct ledger_counts *c,
                                 struct report_builder *report)
{
    const struct study_ledger *l = &study->ledgers[i];
    const char *preset = study_preset(study, "ledgers", i, "date.format");
    const char *other = preset ? swapped_format(l->date_format) : NULL;
    char text[16];
    for (size_t k = 0; other && k < c->n_days; k++)
        if (strcmp(day_text(c->days[k], text) + strlen("2024-01-"), "12") > 0)
            other = NULL;
    if (!other || c->n_days == 0 || is_workbook(study, l))
        return;
    report_add_warning(report,
                       "%s: no day is behind the 12th of its month, so days and months may be the "
                       "other way round; preset %s reads %s: declare date: {format: \"%s\"}, or "
                       "\"%s\" if that is right",
                       l->file, preset, l->date_format, other, l->date_format);
}

/* A report whose totals are not those of its rows has been filtered, or is read otherwise than it
   was written.  Headings that are customers are not said. */
static void warn_of_totals(const struct study_ledger *l, const struct ledger_counts *c,
                           struct report_builder *report)
{
    struct arena *scratch = arena_new();
    const bool customers = strcmp(l->rows.section ? l->rows.section : "", l->key) == 0 ||
                           (l->rows.section && personal_by_name(l->rows.section, scratch));
    for (size_t i = 0; i < c->n_totals_differ && i < LEDGER_TOTALS_TOLD; i++) {
        const struct ledger_total *t = &c->total[i];
        const char *of = customers ? "" : arena_printf(scratch, " of '%s'", t->section);
        report_add_warning(report,
                           "%s:%llu: the total%s is %s, but its lines sum to %s: are lines "
                           "missing, or there twice? The report may have been filtered, or its "
                           "amounts are read otherwise than they are meant",
                           l->file, (unsigned long long)t->line, of, t->total, t->sum);
    }
    if (c->n_totals_differ > LEDGER_TOTALS_TOLD)
        report_add_warning(report, "%s: of %llu totals, %llu are not the sum of their lines",
                           l->file, (unsigned long long)c->n_totals,
                           (unsigned long long)c->n_totals_differ);
    arena_free(scratch);
}

/* Entries that do not follow each other are ledgers side by side: the one that ends
   first decides for all. */
static void warn_of_ends(const struct study *study, const struct ledger_counts *counts,
                         struct report_builder *report)
{
    struct arena *scratch = arena_new();
    struct stretch *s = ARENA_NEW(scratch, struct stretch, study->n_ledgers);
    const struct study_ledger *first = NULL, *last = NULL;
    struct stretch early = {0}, late = {0};
    size_t n = 0;
    for (size_t i = 0; i < study->n_ledgers; i++) {
        struct stretch e = entry_coverage(&study->ledgers[i], &counts[i]);
        if (e.from == DAY_MISSING || e.to == DAY_MISSING)
            continue;
        if (!first || e.to < early.to)
            first = &study->ledgers[i], early = e;
        if (!last || e.to > late.to)
            last = &study->ledgers[i], late = e;
        s[n++] = e;
    }
    qsort(s, n, sizeof *s, by_start);
    if (study->n_surveys > 0 && n > 1 && late.to - early.to > LONGEST_GAP && !consecutive(s, n)) {
        char a[16], b[16];
        report_add_warning(report,
                           "%s ends on %s, %s on %s, and they are taken as ledgers side by side: "
                           "a window counts that ends by %s. If one follows the other, declare the "
                           "coverage: of each",
                           first->file, day_text(early.to, a), last->file, day_text(late.to, b), a);
    }
    arena_free(scratch);
}

void coverage_warnings(const struct study *study, const struct ledger_counts *counts,
                       struct report_builder *report)
{
    for (size_t i = 0; i < study->n_ledgers; i++) {
        const struct study_ledger *l = &study->ledgers[i];
        if (counts[i].lines == 0)
            report_add_warning(report, "%s: there is no entry below the header", l->file);
        if (counts[i].hidden_rows > 0)
            report_add_warning(report,
                               "%s: %llu row%s hidden in the sheet, and counted like the "
                               "others",
                               l->file, (unsigned long long)counts[i].hidden_rows,
                               counts[i].hidden_rows == 1 ? " is" : "s are");
        warn_of_totals(l, &counts[i], report);
        if (2 * counts[i].reversed_positive > counts[i].reversed)
            report_add_warning(
                report,
                "%s: %llu of %llu reversals add to what customers spent, as those of "
                "credit notes do; where the file turns debit and credit round in a "
                "reversal as well, declare reversed: []",
                l->file, (unsigned long long)counts[i].reversed_positive,
                (unsigned long long)counts[i].reversed);
        if (!l->coverage_from || !l->coverage_to)
            warn_of_gaps(l, &counts[i], report);
        warn_of_swapped_days(study, i, &counts[i], report);
    }
    warn_of_ends(study, counts, report);
}
