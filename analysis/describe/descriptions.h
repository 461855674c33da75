/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_DESCRIBE_DESCRIPTIONS_H
#define ANALYSIS_DESCRIBE_DESCRIPTIONS_H

#include "analysis/describe/customer_life.h"
#include "analysis/study/items.h"
#include "models/scale/distribution.h"
#include "models/scale/net_promoter.h"

/* What a user may type; a study says the same in its scales. */
struct descriptions_typed {
    struct texts items;            /* columns of a table that make one scale */
    struct texts nps;              /* scales with a net promoter score */
    struct net_promoter_cuts cuts; /* of `nps` */
    struct texts range; /* lowest and highest point of a table's scales; n = 0: the data's */
};

/* The answers that a scale can have: low, low + 1/steps, ... high.  A mean of k
   items has steps = k.  steps 0: no scale of points (halves, a wide range). */
struct answer_points {
    int low, high, steps;
    bool from_data; /* low and high are the smallest and largest answer */
};

struct descriptions_options {
    const struct answer_points *points;   /* [n_x] */
    const struct net_promoter_cuts *cuts; /* [n_x]; promoter NaN: no score */
    size_t n_sets;
    const struct item_set *sets; /* [n_sets] */
};

/* Settles points, cuts and items from the study and from what was typed (NULL:
   nothing).  ERR_USAGE for cuts or ranges that contradict themselves and for a
   scale that is not described; ERR_COLUMN and ERR_VALUE for the items' columns. */
bool descriptions_settle(const struct prepared *p, const struct descriptions_typed *typed,
                         struct descriptions_options *o, struct arena *keep, struct err *err);

/* One possible answer. */
struct described_point {
    double at, n; /* n: rows, or the sum of frequencies */
    struct proportion share;
};

struct described_scale {
    const struct group *group;
    size_t x;
    enum fit_status status;
    double missing;
    struct distribution d;
    struct scale_points boxes; /* n_points 0: not a scale of points */
    struct net_promoter nps;   /* estimate NaN where it is not asked for */
    size_t n_points;
    struct described_point *point; /* [n_points] */
};

struct described_behaviour {
    const struct group *group;
    size_t y;
    enum fit_status status;
    double missing, zero_share;
    struct distribution d;
};

struct described_items {
    const struct group *group;
    size_t set;
    enum fit_status status; /* of alpha */
    struct item_agreement agreement;
};

/* The share of a 0/1 behaviour among those who gave one answer. */
struct retained_point {
    double at, n, retained;
    struct proportion rate;
    enum fit_status status;
};

struct described_retention {
    const struct group *group;
    size_t x, y;
    double n;
    size_t n_points;
    struct retained_point *point; /* [n_points] */
};

struct descriptions {
    const struct prepared *prepared;
    struct descriptions_options options;
    size_t n_scales, n_behaviours, n_reliability, n_retention;
    struct described_scale *scale;         /* [n_scales], by group, x */
    struct described_behaviour *behaviour; /* [n_behaviours], by group, y */
    struct described_items *reliability;   /* [n_reliability], by group, set */
    struct described_retention *retention; /* [n_retention], by group, x, 0/1 behaviour */
    const struct customer_life *life;      /* NULL for a table */
};

struct descriptions *descriptions_compute(const struct prepared *p,
                                          const struct descriptions_options *o,
                                          const struct job *job);

/* The tables scales, behaviours, reliability, distribution, missing, retention and,
   of a study, periods, irregular and items. */
void descriptions_tables(const struct descriptions *d, struct report_builder *report,
                         struct arena *keep);

/* Answers per scale point, and the share retained per scale point. */
void descriptions_charts(const struct descriptions *d, struct report_builder *report,
                         struct arena *keep);

/* What was found, in sentences. */
void descriptions_lines(const struct descriptions *d, struct report_builder *report);

/* Parts of the tables that stand in files of their own: reliability (with a warning of
   items that are all but duplicates) and items. */
void descriptions_reliability(const struct descriptions *d, struct report_builder *report,
                              struct arena *keep);
void descriptions_items(const struct descriptions *d, struct report_builder *report,
                        struct arena *keep);

/* What a table's lines begin with in SPSS, and what its note says of weights. */
const char *descriptions_spss(const struct prepared *p, struct arena *keep);
const char *descriptions_weights(const struct prepared *p);

#endif
