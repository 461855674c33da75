/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_CORRELATE_COMPARISONS_H
#define ANALYSIS_CORRELATE_COMPARISONS_H

#include "analysis/correlate/correlations.h"
#include "models/compare/compare.h"

/* Two correlations to compare: r(x, y) with r(x_other, y_other); indexes of prepared. */
struct compared_pair {
    size_t x, y, x_other, y_other;
};

/* What --compare and --comparison ask for. */
struct comparisons_asked {
    bool given;    /* either option stands on the command line */
    bool named;    /* --compare does: its question is answered in a sentence */
    bool outcomes; /* typed as A:Y1,B:Y2: the pairs name their behaviours */
    size_t n;
    const struct compared_pair *pair; /* [n] */
    bool all;                         /* every test of the pair's kind */
    struct texts tests;               /* names; n = 0: the first of the kind */
};

/* One comparison in one cell by one test. */
struct compared {
    const struct group *group;
    const struct compared_pair *pair;
    const char *test, *title, *symbol; /* symbol NULL: an interval without a test */
    double n, n_eff, estimate, estimate_other;
    double between;                     /* of the two variables that are not shared */
    double jh, jm, kh, km;              /* x, y with x_other, y_other; NaN where one is shared */
    struct comparison figures;          /* its interval is Zou's, of the difference */
    double z_difference, z_low, z_high; /* of Fisher's z, where the test gives them */
    double p_adjusted;
    bool small;
};

struct comparisons {
    const struct prepared *prepared;
    const struct comparisons_asked *asked;
    size_t n;
    struct compared *row; /* [n], by group, pair, test */
};

/* The columns that --compare names, where --x and --y do not: before prepare(). */
bool comparisons_columns(const struct job *job, const struct texts *compare, struct texts *x,
                         struct texts *y, struct arena *keep, struct err *err);

/* Which pairs and tests: every pair of scales with each behaviour if nothing is asked.
   ERR_USAGE for a name that is not among the scales, or a test of another kind. */
bool comparisons_ask(const struct texts *compare, const struct texts *tests,
                     const struct prepared *p, struct comparisons_asked *asked, struct arena *keep,
                     struct err *err);

/* All pairs, with the first test. */
const struct comparisons_asked *comparisons_usual(const struct prepared *p, struct arena *keep);

/* Pearson's r on respondents with all the values.  p_adjusted by the study's adjustment
   over the non-margin cells x pairs of one test; all respondents are a family of their own. */
const struct comparisons *comparisons_compute(const struct prepared *p,
                                              const struct comparisons_asked *asked,
                                              struct arena *keep);

/* Is the row of all respondents? */
bool comparisons_of_whole(const struct comparisons *c, const struct compared *row);

/* The comparison of one pair in one group by the first test of its kind. */
struct compared comparisons_first(const struct prepared *p, const struct group *g,
                                  const struct compared_pair *pair, struct arena *scratch);

/* The table `comparisons`, and `comparison_details` where something was asked. */
void comparisons_tables(const struct comparisons *c, struct report_builder *report,
                        struct arena *keep);

/* What is asked, answered in a sentence per pair: all respondents, the first test. */
void comparisons_lines(const struct comparisons *c, struct report_builder *report);

#endif
