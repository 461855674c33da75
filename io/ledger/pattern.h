/* SPDX-License-Identifier: GPL-3.0-or-later
   Values of a filter or of a list of document types that stand for many texts. */
#ifndef IO_LEDGER_PATTERN_H
#define IO_LEDGER_PATTERN_H

#include "io/ledger/ledger.h"

/* "SI*" stands for all texts that begin so, "4000..4999" for all whole numbers, of digits
   alone and with zeros in front or not, from the first to the second; every other value
   for itself. */
bool pattern_is(const char *value);

/* A value that is none fits the text that it is; the text of a pattern fits as well. */
bool pattern_fits(const char *value, struct slice text);

/* Whether one of the values fits. */
bool pattern_any(const struct texts *values, struct slice text);

/* The same of a cell: blanks and tabs about its text may stand there or not. */
bool pattern_any_cell(const struct texts *values, struct slice cell);

/* A range whose first number is above its second, which fits nothing. */
bool pattern_is_empty(const char *value);

#endif
