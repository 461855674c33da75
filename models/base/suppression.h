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

/* Cells that add up to a total, which is a cell too, or told elsewhere and of nobody else. */
struct suppression_line {
    size_t n;
    const uint32_t *cell; /* [n] */
    uint32_t total;
};

#define SUPPRESSION_ELSEWHERE UINT32_MAX

/* Hides more cells, or where a line has no other its total, until
   - of each line that has any, what is hidden is two at least, the total among them, and where the
     total is told, has at least `below` respondents together; respondents who are in the total and
     in no cell count as a hidden cell;
   - no hidden cell follows from all lines together, as solutions of linear equations do.  This is
     looked for where at most 600 hidden cells hang together.
   hidden [n_cells]: from those hidden first to all. */
void suppression_complete(const struct suppression_cell cell[], size_t n_cells,
                          const struct suppression_line line[], size_t n_lines, double below,
                          bool hidden[]);

#endif
