/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_STUDY_SCHEMA_H
#define IO_STUDY_SCHEMA_H

#include <cyaml/cyaml.h>

#include "io/study/study.h"
#include "io/yaml/tree.h"

/* A study as its keys stand in the file.  What the file says in other shapes than
   struct study does (numbers with units, blocks within blocks) is kept as text
   here, and turned over by study_check(). */

struct raw_head {
    const char *name, *seed, *note;
};

struct raw_nps {
    const char *promoters, *detractors;
};

struct raw_answer {
    const char *code;
    struct texts words;
};

struct raw_scale {
    struct study_scale scale;
    size_t n_labels;
    struct raw_answer *labels;
    struct texts range;
    struct raw_nps nps;
};

struct raw_period {
    const char *row, *from, *to;
};

struct raw_date {
    const char *column, *format, *returns;
    struct raw_period period;
};

struct raw_rows {
    struct study_rows rows;
    const char *skip;
};

struct raw_party {
    struct study_party party;
    struct texts range;
};

struct raw_currency {
    const char *column, *keep, *to, *max_age;
    struct study_rates rates;
};

struct raw_coverage {
    const char *from, *to;
};

struct raw_ledger {
    struct study_ledger ledger;
    struct raw_date date;
    struct raw_currency currency;
    struct raw_coverage coverage;
    const char *decimals;
    struct raw_rows rows;
    struct raw_party party;
};

struct raw_window {
    const char *offset, *length;
    enum censored censored;
};

struct raw_review {
    const char *survey, *master, *similarity;
};

struct raw_join {
    struct texts key_rules, block;
    const char *block_file;
    struct study_mapping mapping;
    struct raw_review review;
    const char *min_match, *baseline;
    struct raw_window window;
    enum collisions collisions;
};

struct raw_analysis {
    struct study_analysis analysis;
    const char *min_n, *conf_level;
};

struct raw_limits {
    const char *record, *columns, *key;
};

struct raw_study {
    struct raw_head study;
    size_t n_surveys;
    struct study_survey *surveys;
    size_t n_scales;
    struct raw_scale *scales;
    size_t n_groups;
    struct study_group *groups;
    struct study_customers customers;
    size_t n_ledgers;
    struct raw_ledger *ledgers;
    struct raw_join join;
    struct texts behaviours;
    struct raw_analysis analysis;
    struct raw_limits limits;
};

/* The keys of a study file. */
extern const cyaml_schema_value_t study_schema;

/* Whether a document has the keys and shapes of a schema; else ERR_STUDY with the
   line, the key and the nearest word. */
bool yaml_conforms(const struct yaml_tree *t, const cyaml_schema_value_t *schema, const char *file,
                   struct arena *scratch, struct err *err);

#endif
