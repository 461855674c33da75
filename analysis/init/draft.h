/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_INIT_DRAFT_H
#define ANALYSIS_INIT_DRAFT_H

#include "analysis/init/profile.h"
#include "analysis/init/words.h"
#include "analysis/study/made_text.h"
#include "analysis/study/results.h"
#include "io/key/keys.h"
#include "io/program/ask.h"
#include "io/sample/sample.h"
#include "io/study/study.h"
#include "models/base/key_map.h"

/* A study file proposed from files that nobody has described: what their cells look
   like decides, and the evidence goes into comments.  A proposal that a person must
   look at is marked CHECK. */

/* What a file is by what it holds: answers, money and days, or neither. */
enum draft_role { ROLE_UNCLEAR, ROLE_SURVEY, ROLE_LEDGER, ROLE_CUSTOMERS };

/* One of the files. */
struct draft_file {
    enum draft_role role;
    const struct sample_file *sample;
    const char *path; /* as the study file names it */
    const struct frame *frame;
    const struct profile *profile; /* [frame->n_cols] of the rows that are not left out */
    const bool *leave_out;         /* [frame->n_rows]: subtotals, unfinished answers; or NULL */
};

/* What rules for keys would do: the ladder of the what-if table. */
struct key_try {
    struct texts rules;
    size_t found;      /* distinct survey ids in the ledger or the master */
    size_t in_ledger;  /* distinct survey ids in the ledger */
    size_t collisions; /* different ids of one file that the rules make one; of the survey's those
                          that a rule such as parent does, of the others those that none may */
    size_t split;      /* survey ids that stand in the ledger in several spellings */
    size_t parts;  /* survey ids of which the ledger has parts that a rule such as parent sums */
    bool spelling; /* all collisions are of blanks, of forms of a letter, of an address's case */
};

/* A column of the survey and one of the ledger that share ids. */
struct key_pair {
    const struct profile *survey, *ledger;
    size_t asked, found; /* distinct ids of the survey, of whatever spelling; in the ledger too */
    double score;
    size_t order; /* of the files */
};

/* The columns that hold the customer's id, and how well they match. */
struct draft_key {
    const struct profile *survey, *ledger, *master; /* NULL: none found */
    bool guessed; /* by their names alone: hardly an id is found */
    size_t n_pairs;
    struct key_pair *pair; /* [n_pairs] the best first, the first of them taken */
    size_t asked;          /* distinct ids of the survey */
    const char *ends_at; /* of the ledger's cells the id is what stands before it; NULL: all ... */
    const char *example; /* ... a cell as it stands */
    size_t n_tries;
    const struct key_try *at; /* [n_tries] */
    size_t chosen;            /* index */
    bool stops;               /* the ids that the chosen rules make one are a person's to judge */
    size_t repeated;          /* survey rows whose id stands on an earlier row */
    bool seen_in_part; /* of the ledger: collisions among ids that nobody asks for are not known */
};

struct draft_scale {
    const char *name;
    size_t n_items;
    const struct profile **item;
    struct code_reading *labels; /* [n_items] what their labels, or words behind numbers, say */
    bool *down;                  /* [n_items] the lowest number is the best answer */
    bool *against;               /* [n_items] worded the other way round, by its correlation */
    bool *reverse;               /* [n_items] proposed: one of the two, not both */
    double *r;                   /* [n_items] correlation with the first item; NaN: none */
    double low, high;            /* proposed range */
    double seen_low, seen_high;
    size_t n_codes;
    const char **code;   /* proposed missing codes */
    bool in_doubt;       /* a code lies near the range */
    const char *differs; /* between waves, in what; or NULL */
    bool recommend;      /* 0-10 */
    struct worded words; /* n_words 0: answers are plain numbers */
    bool off;            /* too many answers are words that nobody knows: drafted as a comment */
    bool upside_down;    /* the labels of an item, or whoever was asked, say that the lowest number
                            is best */
    bool was_asked;
    double with_recommend; /* correlation with the 0-10 question; NaN: none */
};

struct draft_group {
    const char *name;
    const struct profile *column;
    bool in_master;
};

struct draft_survey {
    struct draft_file file;
    const struct profile *date, *other_date; /* NULL: none */
    const struct profile *finished, *status; /* of Qualtrics: previews and tests; NULL: none */
    struct texts finished_values, status_values;
    const struct column *split; /* tells the waves of one file apart; NULL: the file is one wave */
    const char *split_value;    /* ... of this one */
    size_t kept;
    size_t n_scales;
    struct draft_scale *scale;
    size_t n_groups;
    struct draft_group *group;
};

/* One of several files of answers. */
struct draft_wave {
    struct draft_survey survey; /* its own file, days, finished answers, and scales if by itself */
    const struct profile *key;
    const struct column **as; /* [columns of the first wave] what each is here; NULL: not there */
    size_t asked, found, repeated; /* ids; those found by the rules taken; rows that repeat one */
};

/* How a column of amounts is written. */
struct draft_amount {
    const struct profile *column, *other; /* other: a further column that could be it */
    const char *decimal, *thousands;      /* thousands NULL: none */
    enum amount_sign sign;
    int decimals;
    size_t n_cells, n_fit, n_negative; /* of both columns of debit and credit */
    bool marks_unclear;                /* no cell tells decimal from thousands */
    bool differs;                      /* from what the preset of the file declares */
    const struct profile *debit, *credit, *indicator;
    struct texts negative; /* of the indicator */
};

struct draft_type {
    const char *text;
    const char *kind; /* "sale", "return", "payment", "ignore" */
    size_t n, positive, negative;
    double sum;
    bool in_doubt;
    bool by_sign;  /* no list knows it */
    bool declared; /* by the preset */
};

/* What the rows below those of the sample hold. */
struct draft_rest {
    bool seen;
    struct key_map *ids;   /* those that the survey asks for; NULL: not seen */
    size_t undated, unfit; /* cells that are no date, no amount of the proposed form */
};

/* Lines that are no sales, by the texts of a column. */
struct draft_void {
    const char *column;
    struct texts values;
    size_t n; /* lines */
};

struct draft_ledger {
    struct draft_file file;  /* its rows are those of all parts */
    struct draft_file *part; /* [n_parts] files of the same columns, such as years */
    size_t n_parts;
    const struct profile *date, *other_date, *document, *type, *currency;
    struct draft_amount amount;
    size_t n_types, types_room;
    struct draft_type *types; /* [n_types] */
    bool negative_returns;    /* a document of a sale's type has a minus: it is a return */
    double taken_back;        /* without types: negative amounts for each positive one; or 0 */
    bool turned;              /* debit and credit are the other way round than in the preset */
    size_t n_subtotals;
    struct texts subtotal; /* "Total*" */
    size_t n_voids;
    struct draft_void voids[2]; /* cancelled documents; totals */
    size_t n_twice;             /* lines equal to one of an earlier document */
    int32_t first, last;        /* DAY_MISSING: dates cannot be read */
    struct draft_rest rest;
    const struct study_ledger *declared; /* by the preset of the file; NULL: none */
    const bool *keep_works; /* [declared->n_keep] whether a row fits the preset's example */
    size_t n_undeclared;    /* types that the preset does not have */
};

struct draft_window {
    int32_t length, baseline; /* days; baseline 0: none */
    size_t n_dated;           /* responses with a date */
    size_t n_tries;
    const int32_t *tried;
    const size_t *windows, *baselines; /* [n_tries] responses that the ledger covers */
};

struct draft {
    struct draft_survey survey;
    struct draft_ledger ledger;
    size_t n_further;
    const struct draft_file *further; /* [n_further] surveys besides the first */
    size_t n_waves;                   /* 0: one survey; else `survey` holds the rows of all, ... */
    struct draft_wave *wave;          /* ... [n_waves] and these are the files */
    struct texts lacking;             /* columns of the first that another has not */
    struct draft_file customers;      /* sample NULL: none */
    struct draft_key key;
    struct draft_window window;
    bool reordered;                          /* the files have other roles than they are typed in */
    size_t (*ask)(const struct question *q); /* NULL: nobody is to be asked */
};

/* From samples (survey, ledger or its years and, perhaps, the list of customers) to
   proposals.  `folder` is the folder of the study file to be, as typed: "" or "." for the
   current one.  False where nobody can tell what a file is for, and where the rest of a long
   ledger cannot be read.  What is close may be asked (ask NULL: never). */
bool draft_make(struct draft *d, const struct sample_file *samples, size_t n, const char *folder,
                size_t (*ask)(const struct question *q), struct arena *keep, struct err *err);

/* The index of the choice, or what is proposed where nobody is to be asked. */
size_t draft_ask(const struct draft *d, const char *text, size_t n, const char *const choice[],
                 size_t proposed);

/* The study file as text, and what to tell on the terminal. */
struct made_file draft_text(const struct draft *d, const char *name, struct arena *keep);
void draft_warnings(const struct draft *d, struct report_builder *report, struct arena *keep);

/* ---- the steps ---- */

enum draft_role draft_role_of(const struct draft_file *f);
bool draft_choose_roles(struct draft *d, const struct draft_file *file, size_t n,
                        struct arena *keep, struct err *err);

void draft_find_keys(struct draft *d, struct arena *keep);

/* Rules that make spellings of one id equal, for what is counted by customer while a draft is made;
   its own key rules are another matter. */
struct key_steps draft_spellings(struct arena *keep);
/* Takes the rows of all surveys for those of one; false: no ids of the ledger in one of them. */
bool draft_join_waves(struct draft *d, struct arena *keep, struct err *err);
/* Scales that are not the same in all waves are left to a person. */
void draft_compare_waves(struct draft *d, struct arena *keep);
/* What a column of the first wave is in another. */
const struct column *draft_wave_column(const struct draft *d, size_t wave, const char *name);
/* Is it a column of the waves' names? */
bool draft_tells_waves(const struct column *c);
/* Is a column of the first wave one of its scales? */
bool draft_was_scale(const struct draft *d, const char *name);
bool draft_wave_needs_name(const struct draft *d);
void draft_try_rules(struct draft *d, struct arena *keep);
void draft_find_survey(struct draft *d, struct arena *keep);
void draft_find_scales(struct draft *d, struct arena *keep);
void draft_find_direction(struct draft_survey *s, struct arena *keep);
void draft_ask_direction(struct draft *d, struct arena *keep);
void draft_find_groups(struct draft *d, struct arena *keep);
void draft_find_ledger(struct draft *d, struct arena *keep);
/* Takes rows of the ledger out; its profiles are those of the others. */
void draft_leave_out(struct draft *d, const bool *out, struct arena *keep);
void draft_find_void(struct draft *d, struct arena *keep);
size_t draft_lines_twice(const struct draft_ledger *l);
void draft_find_amount(struct draft *d, struct arena *keep);
void draft_find_types(struct draft *d, struct arena *keep);
bool draft_see_rest(struct draft *d, struct arena *keep, struct err *err);
void draft_settle_types(struct draft_ledger *l, struct arena *keep);
/* Without types: more is taken back than returns are.  Payments, most likely. */
bool draft_holds_payments(const struct draft_ledger *l);
/* A comment with what there is of each type; the word of a sign. */
void draft_write_type_table(const struct draft_ledger *l, struct made_text *t);
const char *draft_sign_word(enum amount_sign sign);
void draft_write_preset(const struct draft *d, struct made_text *t);

/* A ledger that is known by name: before keys are sought; its columns; its types. */
void draft_prepare_ledger(struct draft *d, struct arena *keep);
void draft_cut_ids(struct draft *d, const char *ends_at, struct arena *keep);
void draft_write_ends_at(const struct draft_key *k, struct made_text *t);
void draft_find_declared(struct draft *d, struct arena *keep);
void draft_settle_declared_types(struct draft_ledger *l, struct arena *keep);
void draft_find_window(struct draft *d, struct arena *keep);
void draft_write_survey(const struct draft *d, struct made_text *t);
void draft_write_scales(const struct draft *d, struct made_text *t);
void draft_write_ledger(const struct draft *d, struct made_text *t);

/* Lines and amounts by the types of a column; a line of a type; what a type is, next to
   the one with most sales. */
void draft_count_types(struct draft_ledger *l, const struct profile *p, struct arena *keep);
void draft_type_add(const struct draft_ledger *l, struct draft_type *t, int64_t minor);
void draft_settle_kind(struct draft_type *t, const struct draft_type *sale, bool by_type);

/* How many cells a format fits, and how many of them are negative. */
void draft_amount_fit(struct draft_amount *a);

/* The format that fits most cells of a column. */
struct draft_amount draft_amount_format(const struct profile *p);

/* The other half of debit and credit, or an indicator, give the sign of a row's amount. */
int64_t draft_amount_at(const struct draft_amount *a, size_t row);

/* An amount's value under a draft's format, in minor units. */
bool draft_amount_value(const struct draft_amount *a, const char *text, int64_t *minor);

/* The first nine of ten dates' column, by the words that its name may hold; *other: the next. */
const struct profile *draft_date(const struct draft_file *f, const char *words,
                                 const struct profile **other);

/* The column with the one format that something else than its cells tells: the marks, the survey
   program, the order of the rows, or a person; itself where nothing does. */
const struct profile *draft_settled_date(const struct draft *d, const struct draft_file *f,
                                         const struct profile *p, struct arena *keep);

/* A name for results out of a column's name: letters, digits, _ and ., not taken by
   the scales and groups so far. */
const char *draft_name(const struct draft *d, const char *column, struct arena *keep);

/* Is a column of numbers, by its name or its question, of names rather than answers? */
bool draft_is_attribute(const struct column *c);

/* The label of a code where the file gives it one, else the text itself. */
const char *draft_level(const struct profile *p, const char *text);

/* A path as a study file in `folder` names it. */
const char *draft_path(const char *path, const char *folder, struct arena *keep);

/* A text as YAML: bare where that is safe, else in quotes. */
const char *yaml_quoted(const char *text, struct arena *keep);

/* "[a, b]" */
const char *yaml_list(const struct texts *texts, struct arena *keep);

/* A text for a comment: on one line, without control characters, cut to 60 letters. */
const char *yaml_comment(const char *text, struct arena *keep);

#endif
