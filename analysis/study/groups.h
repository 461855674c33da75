/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_STUDY_GROUPS_H
#define ANALYSIS_STUDY_GROUPS_H

#include "io/study/study.h"
#include "models/base/arena.h"
#include "models/base/err.h"
#include "models/base/frame.h"

/* The word that stands for all levels of a grouping column. */
#define GROUP_ALL "(all)"

/* Some rows, and the levels that they share. */
struct group {
    const char *const *level; /* [n_by], GROUP_ALL where it is a margin */
    bool margin;              /* at least one level is GROUP_ALL, though there are columns */
    struct rows rows;
    bool suppressed; /* its figures are not told: it has no rows here (suppression.h) */
};

struct groups {
    size_t n_by;
    const char *const *by;    /* [n_by] names of the grouping columns */
    const char *const *label; /* [n_by] headings */
    size_t n;
    const struct group *at; /* [n] */
};

/* The order of one column's levels. */
struct level_order {
    const char *column;
    struct texts levels;
};

/* Groups of a frame by text columns: every combination of levels that has rows,
   and all margins, the last one that of all rows, which is there even if they are none;
   levels in declared order, otherwise sorted by bytes, the margin
   after them.  Without columns: one group of all rows.  A row without a value in a
   column belongs to that column's margin only.  An absent column is ERR_COLUMN; a
   value that is not among declared levels is ERR_VALUE with its line. */
bool groups_make(const struct frame *f, const struct texts *by, const struct level_order *orders,
                 size_t n_orders, struct groups *groups, struct arena *keep, struct err *err);

/* "young, bank": for titles; "all customers" for the whole. */
const char *group_title(const struct group *g, size_t n_by, struct arena *keep);

#endif
