/* SPDX-License-Identifier: GPL-3.0-or-later
   Ids that Excel has shown, and then saved, as powers of ten: 1.144E+11. */
#ifndef IO_SURVEY_ROUNDED_H
#define IO_SURVEY_ROUNDED_H

#include "models/base/frame.h"

/* A digit, decimals behind a point or comma or none, E+ and two digits or more: nobody writes ids
   so. */
bool rounded_is(const char *text);

/* The first such cell of a column of texts. */
bool rounded_find(const struct column *c, size_t n_rows, size_t *row);

#endif
