/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_BASE_SUPPRESSION_H
#define MODELS_BASE_SUPPRESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/base/arena.h"

/* Secondary suppression: which further cells of a table are hidden so that those hidden first
   cannot be had by subtraction from totals (Hundepool et al. 2012, Statistical Disclosure Control,
   chapter 4).  A greedy search: the smallest cell of a line is hidden next. */

/* Respondents of a cell: all of them, and the fewest, but some, that a figure of it rests on; both
   0 of a cell without respondents, or whose size is not known: it is hidden from the beginning, and
   its respondents are those who are in the total and in no other cell. */
struct suppression_cell {
    double n, least;
};

/* Cells that add up to a total, which is a cell too, or told elsewhere and of nobody else.  `sums`
   is how many further weighted sums of the cells are told elsewhere: 2 of answers 1..7 where their
   mean and standard deviation are. */
struct suppression_line {
    size_t n;
    const uint32_t *cell; /* [n] */
    uint32_t total;
    size_t sums;
};

#define SUPPRESSION_ELSEWHERE UINT32_MAX

/* Hides more cells, or where a line has no other its total, until
   - of each line that has any, what is hidden is two at least, and one more for each of its sums,
     the total among them, and where the total is told, has at least `below` respondents together;
   respondents who are in the total and in no cell count as a hidden cell;
   - no hidden cell follows from all lines together, as solutions of linear equations do.  This is
     looked for where at most 600 hidden cells hang together.
   hidden [n_cells]: from those hidden first to all. */
void suppression_complete(const struct suppression_cell cell[], size_t n_cells,
                          const struct suppression_line line[], size_t n_lines, double below,
                          bool hidden[]);

/* The values between which x [n] may be told of: the smallest with `below` respondents at or below
   it, the largest with so many at or above it (Brandt et al. 2010: a least and a greatest value are
   a single respondent's).  w [n]: how many respondents a row is, NULL: one.  Both
   are the mean where they would pass each other; NaN where there is nobody. */
void suppression_range(const double x[], const double w[], size_t n, double below, double *low,
                       double *high);

#endif
