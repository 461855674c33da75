/* SPDX-License-Identifier: GPL-3.0-or-later
   How the exports of survey programs begin: rows of a header that no plain table has.

   A layout is one file io/survey/NAME.c and one word here, in the order in which `auto` tries
   them.  Its functions see the first rows as they stand and open nothing. */
#ifndef IO_SURVEY_LAYOUT_H
#define IO_SURVEY_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "io/study/study.h"
#include "io/survey/remarks.h"
#include "models/base/arena.h"
#include "models/base/err.h"
#include "models/base/frame.h"

enum { SURVEY_HEAD_ROWS = 4 };

struct survey_row {
    size_t n;
    const char *const *cell; /* [n], "" where empty */
    uint64_t line;           /* of the file, or row of the sheet */
};

/* The first rows of a file that hold something. */
struct survey_head {
    const char *file;
    bool workbook; /* whose rows end with their last filled cell */
    bool broken;   /* the row behind them cannot be read */
    size_t n;      /* up to SURVEY_HEAD_ROWS */
    struct survey_row row[SURVEY_HEAD_ROWS];
};

/* What a layout makes of them.  Arrays of [n], in the order of the file; a column of the file
   beyond them may hold nothing. */
struct survey_header {
    size_t n, n_rows;  /* columns; rows of the header */
    const char **name; /* none twice; NULL: has none, and may hold nothing (a workbook's only) */
    const char **label;
    const char **alias;    /* none twice; NULL where there is none */
    const char *time_zone; /* of the dates, or NULL */
};

struct survey_layout {
    const char *name;   /* the word below */
    const char *format; /* the word of SURVEY_FORMAT_LIST */
    const char *title;  /* "SurveyMonkey export" */
    /* Of a file that is none of the format although it is declared: the row that says so, what
       is said, and what to do. */
    size_t wrong_row;
    const char *wrong, *mend;

    /* Is it one?  Where the study declares the format less is asked than where it is guessed. */
    bool (*recognise)(const struct survey_head *head, bool declared);

    /* The columns, of a file that it recognises.  False, with err set, where the rows contradict
       each other.  Everything lives in `keep`. */
    bool (*header)(const struct survey_head *head, struct survey_header *out,
                   struct remarks *remarks, struct arena *keep, struct err *err);

    /* What there is to say of the answers; or NULL. */
    void (*look)(const struct frame *f, const struct study_survey *survey, struct remarks *remarks);
};

#define SURVEY_LAYOUT_LIST(X) \
    X(qualtrics) X(qualtrics_legacy) X(surveymonkey) X(limesurvey) X(google_forms)

#define X(name) extern const struct survey_layout survey_layout_##name;
SURVEY_LAYOUT_LIST(X)
#undef X

extern const struct survey_layout *const survey_layouts[]; /* in the order of the list */
extern const size_t survey_n_layouts;

/* The layout that the rows have; `format` (NULL: not declared) is the only one that may be found.
   NULL if there is none. */
const struct survey_layout *survey_layout_of(const struct survey_head *head, const char *format);

/* Is a column one that LimeSurvey adds to those of the questions? */
bool limesurvey_adds(const char *name);

/* ---- for their files ---- */

/* A cell of the head, "" where the row has none. */
const char *survey_cell(const struct survey_head *head, size_t row, size_t column);

bool survey_is_blank(const char *text); /* no letter in it: blanks, no-break ones, line ends */

/* A header of so many rows, as wide as the widest of them: name and label are those of the row
   that holds them (SIZE_MAX: none), trimmed; no alias. */
struct survey_header survey_header_of(const struct survey_head *head, size_t n_rows,
                                      size_t name_row, size_t label_row, struct arena *keep);

/* A text as a name: blanks and line ends within become one blank, those around go. */
const char *survey_name(const char *text, struct arena *keep);

/* A text as a label: as it stands, without the blanks around it. */
const char *survey_label(const char *text, struct arena *keep);

/* Makes names that stand several times unique, "Comment (2)", with a remark; takes away aliases
   that stand several times.  Names that are missing ("") between others are an error of a file of
   text (named by its `line`), and NULL in a workbook; those at the end are cut off. */
bool survey_settle_names(const struct survey_head *head, struct survey_header *h,
                         struct remarks *remarks, struct arena *keep, struct err *err);

/* False, with err set, where rows [0, n) of a file of text have not the same number of fields. */
bool survey_same_width(const struct survey_head *head, size_t n, struct err *err);

/* Does the study say which rows of a column to keep? */
bool survey_keeps(const struct study_survey *survey, const struct column *c);

#endif
