/* SPDX-License-Identifier: GPL-3.0-or-later
   saydo-ledger: what did each customer buy?  No survey is needed. */
#include <string.h>

#include "analysis/ledger/typed.h"
#include "analysis/study/behaviour_values.h"
#include "analysis/study/join.h"
#include "io/program/tool.h"
#include "io/study/presets.h"
#include "io/text/parse.h"
#include "models/base/workers.h"

struct options {
    int32_t from, to;
    struct typed_ledger typed; /* of a file without a study */
    struct ledger_limits limits;
};

#define AT(member) offsetof(struct options, member)
#define TYPED(member) offsetof(struct options, typed.member)

/* Those that need no further column. */
static const char *const signs[] = {"leading", "trailing", "parentheses", "cr_dr", "by_type", NULL};

static const char *const preset_words[] = {
#define X(name) #name,
    PRESET_LIST(X)
#undef X
        NULL};

static const struct option_spec rows[] = {
    {0, "from", "DAY", OPTION_DAY, AT(from), 0, 0, NULL, NULL, "count lines from this day on"},
    {0, "to", "DAY", OPTION_DAY, AT(to), 0, 0, NULL, NULL,
     "count lines up to and including this day"},
    {0, "preset", "NAME", OPTION_TEXT, TYPED(preset), 0, 0, NULL, preset_words,
     "of a ledger file: the export that it is, which says how it is written (docs/formats); "
     "options beside it take the place of its own"},
    {0, "key", "COL", OPTION_TEXT, TYPED(key), 0, 0, NULL, NULL,
     "of a ledger file: the customer's id [key]"},
    {0, "date", "COL", OPTION_TEXT, TYPED(date), 0, 0, NULL, NULL,
     "of a ledger file: the day [date]"},
    {0, "date-format", "FORMAT", OPTION_TEXT, TYPED(date_format), 0, 0, NULL, NULL,
     "of a ledger file: how days are written [%Y-%m-%d]"},
    {0, "amount", "COL", OPTION_TEXT, TYPED(amount), 0, 0, NULL, NULL,
     "of a ledger file: the amount; negative ones are returns [amount]"},
    {0, "document", "COL", OPTION_TEXT, TYPED(document), 0, 0, NULL, NULL,
     "of a ledger file: the document's number; without it a day's lines are one purchase"},
    {0, "type", "COL", OPTION_TEXT, TYPED(type), 0, 0, NULL, NULL,
     "of a ledger file: the document type"},
    {0, "sale", "TYPE,TYPE", OPTION_LIST, TYPED(sale), 0, 0, NULL, NULL, "types that are sales"},
    {0, "return", "TYPE,TYPE", OPTION_LIST, TYPED(returned), 0, 0, NULL, NULL,
     "types that are returns"},
    {0, "ignore", "TYPE,TYPE", OPTION_LIST, TYPED(ignore), 0, 0, NULL, NULL,
     "types that are neither, such as payments"},
    {0, "delimiter", "CHAR", OPTION_TEXT, TYPED(delimiter), 0, 0, NULL, NULL,
     "of a ledger file: , ; | or tab [,]"},
    {0, "decimal", "CHAR", OPTION_TEXT, TYPED(decimal), 0, 0, NULL, NULL,
     "of a ledger file: the decimal mark, . or , [.]"},
    {0, "decimals", "N", OPTION_TEXT, TYPED(decimals), 0, 0, NULL, NULL,
     "of a ledger file: decimals of its currency, such as 0 for JPY; default: the preset's, else "
     "2"},
    {0, "currency", "CODE", OPTION_TEXT, TYPED(currency), 0, 0, NULL, NULL,
     "of a ledger file: the currency that is counted, such as EUR; lines in others are left out"},
    {0, "currency-column", "COL", OPTION_TEXT, TYPED(currency_column), 0, 0, NULL, NULL,
     "of a ledger file: the column that tells it; default: the preset's"},
    {0, "sign", "WORD", OPTION_TEXT, TYPED(sign), 0, 0, NULL, signs,
     "of a ledger file: where the minus stands [leading], or parentheses; cr_dr: CR behind "
     "negative ones; "
     "by_type: no sign, --return types are negative"},
    {0, "thousands", "CHAR", OPTION_TEXT, TYPED(thousands), 0, 0, NULL, NULL,
     "of a ledger file: the mark between thousands; indian: as in 1,23,456.78"},
    {0, "encoding", "NAME", OPTION_TEXT, TYPED(encoding), 0, 0, NULL, NULL,
     "of a ledger file: its encoding, such as CP1252 [UTF-8]"},
    {0, "sheet", "NAME", OPTION_TEXT, TYPED(sheet), 0, 0, NULL, NULL,
     "of a workbook (.xlsx): the sheet; without it the only one that holds something"},
    {0, "max-record", "SIZE", OPTION_SIZE, AT(limits.record), 1 << 20, 1 << 30, NULL, NULL,
     "longest record that is read; default: the study's, else 8M"},
    {0, "max-columns", "N", OPTION_WHOLE, AT(limits.columns), 1, 1 << 24, NULL, NULL,
     "most columns that are read; default: the study's, else 16384"},
    {0, "max-key", "SIZE", OPTION_SIZE, AT(limits.key), 1, 1 << 24, NULL, NULL,
     "longest customer's id that is read; default: the study's, else 4K"},
};

/* The study with what the command line allows instead. */
static const struct study *with_limits(const struct study *study, const struct ledger_limits *given,
                                       struct arena *keep)
{
    struct study *with = arena_copy(keep, study, 1, sizeof *study);
    with->limits = ledger_limits_over(given, &study->limits);
    return with;
}

/* Leaves out the customers without a line in the dates, in place; gives how many stay. */
static size_t leave_out_uncounted(struct customers *c)
{
    struct tally_columns *t = &c->tally;
    size_t n = 0;
    while (n < c->n && c->counted[n] > 0)
        n++;
    for (size_t i = n; i < c->n; i++) {
        if (c->counted[i] == 0)
            continue;
        c->key[n] = c->key[i];
        t->purchases[n] = t->purchases[i];
        t->purchase_days[n] = t->purchase_days[i];
        t->lines[n] = t->lines[i];
        t->spend[n] = t->spend[i];
        t->spend_gross[n] = t->spend_gross[i];
        t->returned[n] = t->returned[i];
        t->first[n] = t->first[i];
        t->last[n] = t->last[i];
        n++;
    }
    return n;
}

/* Up to here, 15 digits, what is written reads back as the same sum. */
#define MOST_EXACT 999999999999999

struct money_columns {
    size_t n;
    double units;
    int64_t *column[3];
    bool rounded[3]; /* a sum has more digits than a number of the results */
};

/* Minor units become units of the currency, each in its place: a table of many millions
   is not copied. */
static void in_units(size_t index, void *context)
{
    struct money_columns *money = context;
    int64_t *cell = money->column[index];
    for (size_t i = 0; i < money->n; i++) {
        if (cell[i] > MOST_EXACT || cell[i] < -MOST_EXACT)
            money->rounded[index] = true;
        const double amount = (double)cell[i] / money->units;
        memcpy(&cell[i], &amount, sizeof amount);
    }
}

/* The table takes the customers' columns over: they are not to be used any more. */
static const struct frame *behaviour_frame(struct customers *c, double units, size_t n_threads,
                                           struct report_builder *report, struct arena *keep)
{
    const struct tally_columns *t = &c->tally;
    struct money_columns money = {
        leave_out_uncounted(c), units, {t->spend, t->spend_gross, t->returned}, {false}};
    workers_run(3, n_threads, in_units, &money);
    if (money.rounded[0] || money.rounded[1] || money.rounded[2])
        report_add_warning(report, "some sums have more than 15 digits: what is beyond them is "
                                   "rounded in the results");
    const struct result_column cols[] = {
        {"key", .text = c->key},
        {"purchases", .whole = t->purchases},
        {"purchase_days", .whole = t->purchase_days},
        {"lines", .whole = t->lines},
        {"spend", .real = (const double *)(const void *)t->spend},
        {"spend_gross", .real = (const double *)(const void *)t->spend_gross},
        {"returned", .real = (const double *)(const void *)t->returned},
        {"first", .day = t->first},
        {"last", .day = t->last},
    };
    return results_of_columns("behaviour", cols, sizeof cols / sizeof *cols, money.n, keep);
}

static bool scan(const struct job *job, const struct study *study, struct behaviour_seen *seen,
                 struct err *err)
{
    const struct options *o = job->options;
    char from[16], to[16];
    const struct study *limited = with_limits(study, &o->limits, job->keep);
    struct behaviour_scan s = {.source = ledger_files(limited, job->keep),
                               .from = o->from == DAY_MISSING ? INT32_MIN : o->from,
                               .to = o->to == DAY_MISSING ? INT32_MAX : o->to,
                               .memory = (uint64_t)job->common->memory,
                               .hash = job_hashes(job),
                               .n_threads = (size_t)job->common->threads,
                               .progress = job->progress,
                               .progress_context = job->progress_context};
    if (s.from > s.to)
        return err_set(err, ERR_USAGE, "--from=%s is after --to=%s", day_text(s.from, from),
                       day_text(s.to, to));
    return behaviour_scan(&s, seen, job->keep, err) &&
           ledgers_differ(study, seen->ledgers.counts, err);
}

static const char *note_of(const struct study *study)
{
    bool dated = false;
    for (size_t i = 0; i < study->n_ledgers; i++)
        dated = dated || study->ledgers[i].date_returns;
    return dated ? "Customers with at least one sale or return in the dates. spend = spend_gross + "
                   "returned; returns are negative and count on the day of what they give back, "
                   "where date: returns: tells it, else on their own."
                 : "Customers with at least one sale or return in the dates. spend = spend_gross + "
                   "returned; returns are negative and count on their own day.";
}

static bool run(const struct job *job, struct report *out, struct err *err)
{
    struct study of_files;
    const struct study *study = job->study;
    struct behaviour_seen seen;
    struct report_builder *report = report_builder_new("What each customer bought", job->keep);
    if (study && study->n_ledgers == 0)
        return err_set(err, ERR_STUDY, "%s: there is no `ledgers:`", study->path);
    if (!study) {
        const struct options *o = job->options;
        if (!typed_study(&o->typed, job->inputs, job->n_inputs, &of_files, job->keep, err))
            return false;
        study = &of_files;
    }
    if (!scan(job, study, &seen, err))
        return job->study ? false
                          : typed_hint(&((const struct options *)job->options)->typed, job->inputs,
                                       job->n_inputs, err);
    coverage_warnings(study, seen.ledgers.counts, report);
    spill_warning(seen.spilled, report);
    ledgers_facts(study, seen.ledgers.counts, job_hashes(job), report, job->keep);
    report_add_table(report, &(struct table){.id = "behaviour",
                                             .sheet = "Behaviour",
                                             .title = "One row per customer",
                                             .note = note_of(study),
                                             .frame = behaviour_frame(
                                                 &seen.customers, currency_units(study),
                                                 (size_t)job->common->threads, report, job->keep)});
    join_table_currencies(study, seen.ledgers.counts, report, job->keep);
    join_table_dropped(study, &seen.ledgers, report, job->keep);
    report_finish(report, out);
    return true;
}

int main(int argc, char **argv)
{
    static const char *const tables[] = {"behaviour", "currencies", "dropped", NULL};
    static const char *const examples[] = {
        "the ledgers that a study declares",
        "saydo-ledger study.yml --format=csv > customers.csv",
        "files without a study",
        "saydo-ledger gl.csv.gz --key=customer --date=day --amount=net "
        "--document=invoice --format=csv",
        "an export that is known by name, less one thing",
        "saydo-ledger orders.csv --preset=shopify_orders --key=Phone",
        NULL};
    const struct tool tool = {
        .name = "ledger",
        .summary = "Summarise a ledger: one row per customer.",
        .description =
            "Reads any number of CSV files, plain, .gz or .zst, Excel workbooks (.xlsx), or "
            "standard input (-), of any size, in "
            "the memory of the customers. Purchases are distinct sale documents; "
            "purchase days and lines are counted apart. A "
            "customer without a counted line in the dates has no row.",
        .input = INPUT_STUDY_OR_LEDGERS,
        .input_name = "STUDY.yml | LEDGER.csv...",
        .options = rows,
        .n_options = sizeof rows / sizeof *rows,
        .options_size = sizeof(struct options),
        .tables = tables,
        .examples = examples,
        .without = "by levels weights frequency min-n conf-level seed",
        .run = run,
    };
    return tool_main(&tool, argc, argv);
}
