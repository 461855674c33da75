/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_STUDY_STUDY_H
#define IO_STUDY_STUDY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "io/ledger/limits.h"
#include "models/base/arena.h"
#include "models/base/err.h"

struct yaml_tree;

/* A study as its YAML file declares it (docs/study-file.md).
   Texts that were not given are NULL, lists have n = 0, other defaults are
   filled in.  Paths are as written; study_path() resolves them against the
   folder of the study file. */

struct texts {
    size_t n;
    const char **at;
};

/* Rows to keep (or drop): those whose column holds one of the values; a value
   that ends in '*' matches by its beginning, in a ledger also a range "4000..4999". */
struct study_filter {
    const char *column;
    struct texts values;
};

/* What a labelled value of an SPSS, Stata or SAS file is called as a level of a group. */
enum labels { LABELS_CODES, LABELS_LABELS };

/* A column of a survey's file by the name that the study calls it everywhere: waves name the same
   question differently. */
struct study_rename {
    const char *name, *column; /* column: as in the file */
};

enum duplicates {
    DUPLICATES_ERROR,
    DUPLICATES_FIRST,
    DUPLICATES_LATEST,
    DUPLICATES_MOST_COMPLETE,
    DUPLICATES_MEAN
};

struct study_survey {
    const char *file;
    const char *format;    /* "auto", "csv", ...: a word of SURVEY_FORMAT_LIST */
    const char *delimiter; /* one character, or "tab"; default "," */
    const char *encoding;  /* NULL: not declared: UTF-8, or what the file says of itself */
    const char *sheet;     /* of a workbook; NULL: the only one that holds something */
    const char *key;       /* column of the customer's id */
    const char *date;      /* column of the response date; NULL: there is a wave_date */
    const char *date_format;
    const char *wave;      /* name of the wave; default: the file's name without extension */
    const char *wave_date; /* ISO; NULL: none */
    int32_t wave_day;      /* the same in days, or DAY_MISSING: of responses without a date */
    const char *time_zone, *source_time_zone; /* of the days, of the texts; NULL: not declared */
    size_t n_columns;
    struct study_rename *columns;
    size_t n_keep;
    struct study_filter *keep;
    enum duplicates duplicates;
    enum labels labels;
};

enum combine { COMBINE_MEAN, COMBINE_SUM };

/* Answers in words that mean a code: {code: 5, words: [Very satisfied, Sehr zufrieden]}. */
struct study_answer {
    double code;
    struct texts words;
};

struct study_scale {
    const char *name, *label;
    const char *column; /* a single item, or NULL */
    struct texts items; /* several items, or n = 0 */
    struct texts reverse;
    double low, high;     /* range */
    struct texts missing; /* codes and words that mean no answer */
    size_t n_labels;
    struct study_answer *labels; /* [n_labels] by code, ascending */
    enum combine combine;
    /* cuts of a 0-10 or 1-10 recommendation scale; NaN: not asked for */
    double promoter_from, detractor_to;
};

struct study_group {
    const char *name, *column, *label;
    struct texts levels; /* declared order; n = 0: sorted */
};

struct study_customers {
    const char *file, *key, *delimiter, *encoding, *sheet;
};

enum amount_sign {
    AMOUNT_LEADING,
    AMOUNT_TRAILING,
    AMOUNT_PARENTHESES,
    AMOUNT_DEBIT_CREDIT,
    AMOUNT_INDICATOR,
    AMOUNT_BY_TYPE,
    AMOUNT_CR_DR,
    AMOUNT_REVERSED /* as AMOUNT_LEADING, of which sales are negative */
};

struct study_amount {
    const char *column;
    enum amount_sign sign;
    const char *debit, *credit; /* of AMOUNT_DEBIT_CREDIT: amount = debit - credit */
    const char *indicator;      /* of AMOUNT_INDICATOR: the column ... */
    struct texts negative;      /* ... and its values that mean a negative amount; of
                                   AMOUNT_CR_DR one word of AMOUNT_WORD_LIST, or none: CR */
    const char *refunded;       /* column of what was given back of a sale, or NULL */
    const char *once_per;       /* the document on each line of which the amount stands */
};

/* Words behind an amount.  X(those that make it negative, those that do not) */
#define AMOUNT_WORD_LIST(X) \
    X("CR", "DR")           \
    X("DR", "CR")           \
    X("H", "S")             \
    X("S", "H")             \
    X("C", "D")             \
    X("D", "C")

/* What a line of a sale's type is where its amount is negative. */
enum negative_sale { NEGATIVE_SALE, NEGATIVE_RETURN };

struct study_type {
    const char *column; /* NULL: every line is a sale, or a return where negative */
    enum negative_sale negative;
    struct texts sale, returned, payment, ignore; /* YAML: sale return payment ignore */
};

/* Rows of a ledger that is no plain table.  YAML: rows: */
struct study_rows {
    bool declared;
    struct texts header;    /* names that the header has; n = 0: it is the first row */
    uint64_t skip;          /* lines, or rows of the sheet, above it */
    const char *section;    /* name of the column for the names of sections */
    struct texts totals;    /* first filled cells of total rows, patterns of pattern_any() */
    struct texts fill_down; /* columns */
};

/* The customer's account in one of two columns.  YAML: party: */
struct study_party {
    struct texts columns;  /* two; n = 0: not declared */
    int64_t low, high;     /* accounts of customers. YAML: range: */
    const char *indicator; /* column of debit or credit, or NULL */
};

/* The days of dates without a year.  YAML: date: {period: {row:, from:, to:}} */
struct study_period {
    bool declared;
    uint64_t row;              /* that tells it in the file; 0: here */
    size_t from_cell, to_cell; /* of that row, 1 is the first */
    int32_t from, to;
};

/* How the rates of a file are quoted: of the currency that amounts are converted to, as so
   much for a unit of the other; or of the other, for a unit of that. */
enum rate_quote { QUOTE_HOME_PER_UNIT, QUOTE_UNITS_PER_HOME };

/* Of a ledger with lines in several currencies: amounts are converted by the latest rate of
   the day or before. */
struct study_rates {
    const char *file;      /* NULL: none; columns date, currency, rate */
    const char *delimiter; /* as of the ledger */
    const char *decimal;   /* "." or "," */
    const char *sheet;     /* of a workbook, or NULL */
    enum rate_quote quote;
    int32_t max_age; /* days by which a rate may be older than the line */
};

struct study_ledger {
    const char *file;
    const char *sheet;  /* of a workbook; NULL: the only one that holds something */
    const char *preset; /* a word of PRESET_LIST, whose keys are filled in; NULL: none */
    const char *delimiter, *encoding;
    const char *decimal;            /* "." or "," */
    const char *thousands;          /* NULL: none; "indian": ',' as in 1,23,456 */
    const char *key, *document;     /* document NULL: the sales of a day are one document */
    const char *key_starts_after;   /* the id begins behind this text ... */
    const char *key_ends_at;        /* ... and ends before this one; NULL: it is the whole cell */
    const char *date, *date_format; /* YAML: date: {column, format} */
    const char *date_returns; /* column of the day on which a return counts, in place of its own;
                                 NULL: none. YAML: date: {returns} */
    struct study_amount amount;
    struct study_type type;
    const char *currency_column, *currency_keep; /* YAML: currency: {column, keep} */
    const char *currency_to;                     /* what amounts are converted to, or NULL */
    struct study_rates rates;
    int decimals; /* of the minor unit */
    size_t n_drop;
    struct study_filter *drop; /* subtotal lines and the like */
    size_t n_keep;
    struct study_filter *keep; /* only lines that fit each of these */
    size_t n_reversed;
    struct study_filter *reversed; /* lines that fit one cancel others: the amount counts less */
    const char *coverage_from, *coverage_to; /* ISO dates, or NULL */
    struct study_rows rows;
    struct study_party party;
    struct study_period period;
};

enum censored { CENSORED_EXCLUDE, CENSORED_KEEP };
enum collisions { COLLISIONS_ERROR, COLLISIONS_EXCLUDE, COLLISIONS_MERGE };

/* Which accounts are whose: respondents' ids and customers' ids, in rows of a file. */
enum people { PEOPLE_ERROR, PEOPLE_FIRST, PEOPLE_LATEST, PEOPLE_MEAN, PEOPLE_MAX, PEOPLE_MIN };
enum others { OTHERS_OWN, OTHERS_UNMATCHED };

struct study_mapping {
    const char *file; /* NULL: no mapping */
    const char *respondent, *account;
    const char *delimiter, *encoding, *sheet;
    enum people combine; /* of several respondents of one customer */
    enum others others;  /* respondents who stand in no row: their own id, or unmatched */
};

/* Names that unmatched respondents are compared by, for the table `review`. */
struct study_review {
    const char *survey, *master; /* columns; NULL: the keys */
    double similarity;           /* the least that is listed */
};

struct study_join {
    struct texts key_rules; /* words of KEY_RULE_LIST, some with an argument: "strip_prefix:C-" */
    double min_match;       /* NaN: no gate */
    int32_t offset, length; /* days */
    int32_t baseline;       /* days; 0: none */
    enum censored censored;
    enum collisions collisions;
    struct study_mapping mapping;
    struct texts block;     /* ids that are no customer; one that ends in '*' by its beginning */
    const char *block_file; /* more of them, one per row; NULL: none */
    struct study_review review;
};

struct study_analysis {
    struct texts by;
    size_t min_n;
    const char *adjust;   /* "holm", "bh", "none" */
    struct texts methods; /* correlation coefficients; n = 0: the program's default */
    struct texts curves;  /* n = 0: the program's default */
    const char *weights;  /* survey column of sampling weights */
    double conf_level;    /* NaN: the option's */
};

struct study {
    const char *path; /* of the study file, as given */
    const char *name;
    const char *note;
    uint64_t seed;
    bool has_seed;
    size_t n_surveys;
    struct study_survey *surveys;
    size_t n_scales;
    struct study_scale *scales;
    size_t n_groups;
    struct study_group *groups;
    struct study_customers customers; /* file NULL: no master */
    size_t n_ledgers;
    struct study_ledger *ledgers;
    struct study_join join;
    struct texts behaviours; /* default: retained, purchases, spend */
    struct study_analysis analysis;
    struct ledger_limits limits;  /* of each ledger */
    uint8_t hash[32];             /* SHA-256 of the file's bytes */
    const struct yaml_tree *tree; /* where each key stands: ask study_line() */
};

/* Reads and checks a study file.  Unknown, duplicate and missing keys, words
   that are none of the allowed ones and values out of range are ERR_STUDY with
   line and, where there is one, the nearest word. */
const struct study *study_read(const char *path, struct arena *keep, struct err *err);

/* The same of a file's bytes. */
const struct study *study_from_bytes(const char *path, const char *bytes, size_t size,
                                     struct arena *keep, struct err *err);

/* The line of the study file on which a key of a list entry stands, for messages
   about data that contradict it: e.g. study_line(s, "scales", 1, "range"), index from
   0, keys within keys as "date.format", a NULL key for the entry itself; the index
   plays no part in a section that is no list ("join").  0 if there is no such key. */
uint64_t study_line(const struct study *s, const char *section, size_t index, const char *key);

/* The preset from which a key was filled in, asked for as study_line(): NULL where the key
   stands in the file, and where there is none. */
const char *study_preset(const struct study *s, const char *section, size_t index, const char *key);

/* A path of the study file, relative to the study file's folder. */
const char *study_path(const struct study *s, const char *file, struct arena *keep);

/* The currency of a ledger's sums: what is kept or converted to; NULL: not declared. */
const char *study_currency(const struct study_ledger *l);

/* The delimiter character of a declared text: "," ";" "tab" "|"; '\0' if it is none. */
char study_delimiter(const char *declared);

#endif
