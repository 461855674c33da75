/* SPDX-License-Identifier: GPL-3.0-or-later
   The third header row of a Qualtrics export: {"ImportId":"QID1","choiceId":"2"}. */
#ifndef IO_SURVEY_IMPORT_ID_H
#define IO_SURVEY_IMPORT_ID_H

#include <stdbool.h>

#include "io/survey/layout.h"

struct import_id {
    const char *id;        /* "QID20_3"; never NULL */
    const char *choice;    /* of a question of several columns; or NULL */
    const char *time_zone; /* of a date; or NULL */
};

/* Is the cell one, however it is quoted? */
bool import_id_begins(const char *cell);

/* JSON, or what other programs make of it: {'ImportId': 'QID1'}, {ImportId:QID1}, typographic
   quotes.  False where it is neither. */
bool import_id_parse(const char *cell, struct import_id *out, struct arena *keep);

/* The row with cells put together again that a reader cut at the delimiter between the members:
   where a program wrote the JSON without quotes around the field. */
struct survey_row import_id_joined(const struct survey_row *row, struct arena *keep);

#endif
