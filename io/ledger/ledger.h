/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_LEDGER_LEDGER_H
#define IO_LEDGER_LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "io/study/study.h"
#include "models/base/arena.h"
#include "models/base/err.h"

/* What a ledger line is.  X(code, word in tables) */
#define LEDGER_KIND_LIST(X)                    \
    X(LEDGER_SALE, "sale")                     \
    X(LEDGER_RETURN, "return")                 \
    X(LEDGER_PAYMENT, "payment")               \
    X(LEDGER_IGNORED, "ignored")               \
    X(LEDGER_OTHER_CURRENCY, "other currency") \
    X(LEDGER_SUBTOTAL, "subtotal")             \
    X(LEDGER_BLANK_KEY, "blank key")           \
    X(LEDGER_NOT_KEPT, "not kept")             \
    X(LEDGER_SECTION, "section heading")       \
    X(LEDGER_TOTAL, "total")                   \
    X(LEDGER_HEADER_AGAIN, "repeated header")  \
    X(LEDGER_TOTAL_AGAIN, "repeated total")    \
    X(LEDGER_NO_PARTY, "no customer account")

enum ledger_kind {
#define X(code, word) code,
    LEDGER_KIND_LIST(X)
#undef X
        LEDGER_N_KINDS
};

const char *ledger_kind_word(enum ledger_kind kind);

struct slice {
    const char *text; /* not terminated */
    uint32_t length;
};

static inline bool slice_equal(struct slice a, struct slice b)
{
    uint64_t p[2], q[2];
    uint32_t r[2], s[2];
    if (a.length != b.length)
        return false;
    if (a.length > 16)
        return memcmp(a.text, b.text, a.length) == 0;
    if (a.length >= 8) {
        memcpy(&p[0], a.text, 8);
        memcpy(&p[1], a.text + a.length - 8, 8);
        memcpy(&q[0], b.text, 8);
        memcpy(&q[1], b.text + b.length - 8, 8);
        return p[0] == q[0] && p[1] == q[1];
    }
    if (a.length >= 4) {
        memcpy(&r[0], a.text, 4);
        memcpy(&r[1], a.text + a.length - 4, 4);
        memcpy(&s[0], b.text, 4);
        memcpy(&s[1], b.text + b.length - 4, 4);
        return r[0] == s[0] && r[1] == s[1];
    }
    for (uint32_t i = 0; i < a.length; i++)
        if (a.text[i] != b.text[i])
            return false;
    return true;
}

/* The ledger lines of a chunk as columns.  Slices live until the sink returns.
   Lines of LEDGER_SUBTOTAL and of the kinds behind it are not among them: all have key and day;
   minor is 0 for kinds that are not counted.  What was given back of a sale follows it as a return
   of the same document and day. */
struct ledger_batch {
    size_t worker;  /* 0 .. threads-1: who delivers */
    size_t ledger;  /* index of the study's ledgers entry */
    uint64_t chunk; /* 0 .. in the order of the files and of the lines in them */
    size_t n;
    const struct slice *key;      /* [n] as written */
    const struct slice *document; /* [n] */
    const int32_t *day;           /* [n] */
    const int64_t *minor;         /* [n] minor units: sales positive, returns negative */
    const uint8_t *kind;          /* [n] enum ledger_kind */
};

/* Why a sink takes no more: said of a line of the batch, to which the source adds file and line. */
struct ledger_refusal {
    size_t line; /* of the batch */
    enum err_code code;
    struct problem problem; /* without file and line; its texts outlive the scan */
};

/* Takes batches; called by several threads at once, each with its own worker
   number.  Every chunk is delivered once, with n = 0 where nothing of it could be
   read, and those of a worker in rising order: a sink may wait for the chunk before.
   Only after a refusal are further chunks left out. */
struct ledger_sink {
    void *context;
    bool (*take)(void *context, const struct ledger_batch *batch, struct ledger_refusal *refusal);
};

/* A line that was left out, with what it said: at most LEDGER_DROPPED_KEPT per
   ledger and reason are kept, all are counted. */
enum { LEDGER_DROPPED_KEPT = 1000 };

struct ledger_dropped {
    size_t ledger;
    uint64_t line;
    const char *reason; /* "other currency", "subtotal", ... */
    const char *text;   /* the raw record, shortened to 200 bytes */
};

/* Lines of a currency, sales and returns, in a ledger whose amounts are converted. */
struct ledger_converted {
    const char *code; /* ISO 4217 */
    uint64_t lines;
    double amount, home; /* their sum in the currency's units, and converted */
};

/* A total of a report that the rows of its section do not sum to. */
enum { LEDGER_TOTALS_TOLD = 3 };

struct ledger_total {
    uint64_t line;           /* of the total */
    const char *section;     /* as its heading has it */
    const char *total, *sum; /* "1234.50", or "debit 1234.50, credit 0.00" */
};

/* What a scan saw, per ledgers entry. */
struct ledger_counts {
    uint64_t lines; /* data records read */
    uint64_t kind[LEDGER_N_KINDS];
    int32_t first, last;                     /* first and last day over all lines with a day */
    uint64_t sale_negative, return_positive; /* lines against their declared sign */
    uint64_t refunds;                        /* sales of which something was given back */
    uint64_t returns_dated;                  /* returns on the day of what they give back */
    uint64_t reversed;                       /* lines that cancel others, among the returns ... */
    uint64_t reversed_positive;              /* ... and those of them that add to the sum */
    size_t n_converted;
    const struct ledger_converted *converted; /* [n_converted] the home currency first, by code */
    uint8_t hash[32];                         /* SHA-256 of the file's bytes, where asked for */
    uint8_t fingerprint[16];                  /* of its text, where there are several ledgers */
    uint64_t hidden_rows;                     /* of a workbook's sheet: read like the others */
    uint64_t n_totals, n_totals_differ;       /* of sections: compared with their rows */
    const struct ledger_total *total;         /* the first LEDGER_TOTALS_TOLD that differ */
    /* days with a line, for gaps and isolated tails: n_days ascending */
    size_t n_days;
    const int32_t *days;
};

struct ledger_scan {
    size_t n_ledgers;
    struct ledger_counts *counts; /* [n_ledgers] */
    size_t n_dropped;
    const struct ledger_dropped *dropped; /* by ledger, then line */
};

/* How a scan is to be made. */
struct ledger_asked {
    size_t n_threads; /* 0: one per processor */
    bool hash;        /* SHA-256 takes as long as all else */
    void (*progress)(void *context, double share, const char *what); /* may be NULL */
    void *progress_context;
};

/* Where ledger lines come from: files, a pipe, a warehouse. */
struct ledger_source {
    const void *self;
    bool repeats; /* a second scan gives the same lines again: no pipe is among them */
    bool (*scan)(const struct ledger_source *source, const struct ledger_sink *sink,
                 const struct ledger_asked *asked, struct ledger_scan *seen, struct arena *keep,
                 struct err *err);
};

/* The ledgers of a study, as files.  A cell that does not fit its declaration is
   ERR_VALUE with file, line, column, value and mend; an unknown document type is
   ERR_VALUE with a list of the types and how often each stands; so are mostly
   positive returns.  The result is the same for any number of threads: of
   several errors the one on the first line of the first file is told. */
const struct ledger_source *ledger_files(const struct study *study, struct arena *keep);

#endif
