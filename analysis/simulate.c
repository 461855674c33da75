/* SPDX-License-Identifier: GPL-3.0-or-later
   saydo-simulate: a study whose truth is known. */
#include <inttypes.h>
#include <stddef.h>

#include "analysis/simulate/simulated.h"
#include "io/bytes/gzip.h"
#include "io/program/tool.h"
#include "io/text/parse.h"

struct simulate_options {
    int64_t customers, respondents;
    int32_t from;
};

static const struct option_spec option_rows[] = {
    {.name = "customers",
     .arg = "N",
     .kind = OPTION_WHOLE,
     .offset = offsetof(struct simulate_options, customers),
     .low = 100,
     .high = 49999,
     .fallback = "20000",
     .help = "customers of the three industries together"},
    {.name = "respondents",
     .arg = "N",
     .kind = OPTION_WHOLE,
     .offset = offsetof(struct simulate_options, respondents),
     .low = 2,
     .high = 49999,
     .fallback = "8600",
     .help = "customers who answer, in two waves; at most about 60 % of the customers do"},
    {.name = "from",
     .arg = "DAY",
     .kind = OPTION_DAY,
     .offset = offsetof(struct simulate_options, from),
     .fallback = "2023-01-01",
     .help = "first day of the ledger, which runs for 1186 days"},
};

static const char *command_text(const struct simulate_options *o, uint64_t seed, struct arena *keep)
{
    char day[16];
    return arena_printf(keep,
                        "saydo-simulate --customers=%" PRId64 " --respondents=%" PRId64
                        " --from=%s "
                        "--seed=%" PRIu64 " -o FOLDER",
                        o->customers, o->respondents, day_text(o->from, day), seed);
}

static const char *survey_name(const struct calendar *calendar, int wave, struct arena *keep)
{
    int year, month, day;
    civil_from_day(calendar->wave[wave], &year, &month, &day);
    return arena_printf(keep, "survey-%04d.csv", year);
}

static struct made_file packed(struct made_file file, struct arena *keep)
{
    file.bytes = gzip_bytes(file.bytes, file.size, &file.size, keep);
    return file;
}

/* One row per file that does not depend on the wave. */
static const struct {
    const char *name;
    void (*write)(const struct simulated *s, struct made_text *out);
    bool pack;
} file_rows[] = {
    {"README.md", simulated_readme, false},
    {"study.yml", simulated_study, false},
    {"customers.csv", simulated_customers, false},
    {"ledger.csv.gz", simulated_ledger, true},
    {"truth.csv", simulated_truth, false},
    {"truth-points.csv", simulated_points, false},
    {"truth-correlations.csv", simulated_correlations, false},
    {"truth-join.csv", simulated_join, false},
    {"truth-respondents.csv.gz", simulated_respondents, true},
};

enum { N_FILE_ROWS = sizeof file_rows / sizeof *file_rows };

static void make_files(const struct simulated *s, struct report *out, struct arena *keep)
{
    struct made_file *file = ARENA_NEW(keep, struct made_file, N_FILE_ROWS + N_WAVES);
    for (size_t i = 0; i < N_FILE_ROWS; i++) {
        struct made_text text = {.keep = keep};
        file_rows[i].write(s, &text);
        file[i] = text_file(file_rows[i].name, &text);
        if (file_rows[i].pack)
            file[i] = packed(file[i], keep);
    }
    for (int w = 0; w < N_WAVES; w++) {
        struct made_text text = {.keep = keep};
        simulated_survey(s, w, &text);
        file[N_FILE_ROWS + w] = text_file(s->survey[w], &text);
    }
    out->files = file;
    out->n_files = N_FILE_ROWS + N_WAVES;
}

static bool run(const struct job *job, struct report *out, struct err *err)
{
    const struct simulate_options *o = job->options;
    uint64_t seed = job->common->seed < 0 ? 1 : (uint64_t)job->common->seed;
    struct market market;
    if (!market_draw((size_t)o->customers, (size_t)o->respondents, o->from, seed, &market,
                     job->keep))
        return err_set(err, ERR_USAGE,
                       "only %zu of %zu customers are willing to answer, %zu are to; raise "
                       "--customers or lower --respondents",
                       market.n_willing, market.n_people, market.n_respondents);
    struct ledger_lines lines = market_purchases(&market, job->keep);
    const struct simulated simulated = {
        .market = &market,
        .lines = lines,
        .responses = market_responses(&market, job->keep),
        .doing = market_recount(&market, &lines, job->keep),
        .command = command_text(o, seed, job->keep),
        .survey = {survey_name(&market.calendar, 0, job->keep),
                   survey_name(&market.calendar, 1, job->keep)},
    };
    out->title = "A simulated study";
    make_files(&simulated, out, job->keep);
    return true;
}

static const char *const examples[] = {
    "a study to try saydo on, in the folder trial/",
    "saydo-simulate --seed=7 -o trial/",
    "a larger one, to see how close the estimates come to the truth",
    "saydo-simulate --customers=45000 --respondents=25000 --seed=7 -o large/",
    NULL,
};

static const struct tool tool = {
    .name = "simulate",
    .summary = "Make a study whose truth is known.",
    .description =
        "Draws a market of three industries (bank, retailer, internet provider) with three "
        "segments "
        "each, asks part of its customers in two waves, writes their answers, the customer master "
        "and the ledger with all that makes such files unclean, a study file that runs, and what "
        "is "
        "true: the curve of spend on stated intent, retention, purchases and correlations of every "
        "cell, and what each respondent did. The same options give the same files.",
    .input = INPUT_NONE,
    .options = option_rows,
    .n_options = sizeof option_rows / sizeof *option_rows,
    .options_size = sizeof(struct simulate_options),
    .examples = examples,
    .folder = true,
    .default_output = "simulated",
    .without = "by levels weights frequency min-n conf-level pseudonymise suppress-below",
    .run = run,
};

int main(int argc, char **argv)
{
    return tool_main(&tool, argc, argv);
}
