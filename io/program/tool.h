/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_PROGRAM_TOOL_H
#define IO_PROGRAM_TOOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "io/ledger/ledger.h"
#include "io/program/ask.h"
#include "io/report.h"
#include "io/sample/sample.h"
#include "io/study/study.h"
#include "io/survey/survey.h"

/* One command line program, declared as data.  Its main() is
   `return tool_main(&tool, argc, argv);`.  Parsing, --help, the manual page,
   the completion and the messages about bad options come from the same rows. */

enum option_kind {
    OPTION_FLAG,  /* bool */
    OPTION_TEXT,  /* const char * */
    OPTION_LIST,  /* struct texts, separated by commas */
    OPTION_WHOLE, /* int64_t */
    OPTION_REAL,  /* double */
    OPTION_SIZE,  /* int64_t, bytes, typed as 64M or 1.5G: powers of 1024 */
    OPTION_DAY,   /* int32_t, typed as 2025-03-01; DAY_MISSING when not given */
    OPTION_MANY   /* struct texts, one per occurrence of the option */
};

struct option_spec {
    char letter;      /* 0: long form only */
    const char *name; /* "curve" */
    const char *arg;  /* "NAME"; NULL for a flag */
    enum option_kind kind;
    size_t offset;            /* in the program's options struct */
    double low, high;         /* accepted range of a number or size; low = high: any */
    const char *fallback;     /* the default, as one would type it; NULL: none */
    const char *const *words; /* accepted words of a text or list, NULL-terminated; or NULL */
    const char *help;
};

/* Options that every program has. */
struct common_options {
    struct texts by;     /* columns whose levels make the groups */
    struct texts levels; /* "COL:A,B,C", one per occurrence */
    const char *weights, *frequency;
    int64_t min_n;        /* -1: not given */
    double conf_level;    /* NaN: not given */
    int64_t seed;         /* -1: not given */
    int64_t threads;      /* 0: all processors */
    int64_t memory;       /* bytes for a ledger's customers and lists of documents */
    struct texts outputs; /* paths of -o; n = 0: standard output */
    const char *format, *table;
    bool excel_safe, quiet, verbose, no_pictures;
    const char *pseudonymise; /* where the secret key is: a file or env:NAME; NULL: ids stay */
    int64_t suppress_below;   /* respondents that a published cell must have; 0: any */
};

/* What a program reads.  INPUT_STUDY_OR_TABLE takes one `*.csv` (or -) or one
   `*.yml`; INPUT_FILES hands the names to run(), which may not open them. */
enum input_kind {
    INPUT_NONE,
    INPUT_STUDY,
    INPUT_STUDY_OR_TABLE,
    INPUT_STUDY_OR_LEDGERS,
    INPUT_SAMPLES
};

/* What run() is given. */
struct job {
    const struct tool *tool;
    const void *options; /* the program's own */
    const struct common_options *common;
    const struct frame *table;           /* a prepared table: text columns; or NULL */
    const struct study *study;           /* or NULL */
    const struct frame *const *surveys;  /* [study->n_surveys] text columns */
    const struct survey_said *said;      /* [study->n_surveys] beside them */
    const struct frame *customers;       /* the master, text columns; or NULL */
    const struct frame *mapping;         /* respondents' accounts, text columns; or NULL */
    struct texts blocked;                /* rows of the study's block_file */
    const struct ledger_source *ledgers; /* or NULL */
    size_t n_inputs;
    const char *const *inputs;         /* names as typed */
    const struct sample_file *samples; /* [n_inputs] of INPUT_SAMPLES */
    size_t n_problems;
    const struct err *problems; /* of a tool that is `lenient`: what could not be read */
    void (*progress)(void *context, double share, const char *what); /* share < 0: unknown */
    void *progress_context;
    size_t (*ask)(const struct question *q); /* NULL: nobody is to be asked */
    struct arena *keep;
};

/* Before which option --help and the manual page begin a new part. */
struct option_heading {
    const char *before, *title;
};

struct tool {
    const char *name;        /* "correlate": the program is saydo-correlate */
    const char *summary;     /* one line, starts with a verb */
    const char *description; /* a paragraph for --help and the manual page */
    enum input_kind input;
    const char *input_name; /* "STUDY.yml | TABLE.csv", as in the usage line */
    const struct option_spec *options;
    size_t n_options, options_size;
    const struct option_heading *headings; /* in the options' order, ends with {NULL}; or NULL */
    const char *const *tables;   /* names of its tables, NULL-terminated; first = default */
    const char *const *examples; /* pairs: what, command; NULL-terminated */
    bool folder;                 /* every -o names a folder */
    const char *default_output;  /* when there is no -o; NULL: standard output */
    const char *without;         /* options of every program that this one has no use for, with
                                    blanks between: taken, since scripts give them to all
                                    programs alike, but warned of */
    bool lenient;                /* inputs that cannot be read are problems, not the end */

    /* From options and frames to a report.  Opens nothing, prints nothing. */
    bool (*run)(const struct job *job, struct report *out, struct err *err);
};

int tool_main(const struct tool *tool, int argc, char **argv);

/* Will anybody see this table, or what the report's lines say of it?  CSV on standard output is
   one table and nothing else, and so is text with --table; what nobody sees need not be computed.
 */
bool job_shows(const struct job *job, const char *table);

/* Will the hashes of the files that were read be told?  Workbooks and folders tell them; text, CSV
   and JSON do not. */
bool job_hashes(const struct job *job);

#endif
