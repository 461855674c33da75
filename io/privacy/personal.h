/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_PRIVACY_PERSONAL_H
#define IO_PRIVACY_PERSONAL_H

#include <stdbool.h>
#include <stddef.h>

#include "io/study/study.h"
#include "models/base/frame.h"

/* Columns that say who a person is.  They are told by their names, in the words that survey tools
   and accounting programs use in several languages, and e-mail and IP addresses by what their cells
   look like as well.  A column that is not told so may be personal all the same.
   X(name, as told) */
#define PERSONAL_LIST(X)                 \
    X(e_mail, "e-mail address")          \
    X(ip_address, "IP address")          \
    X(person, "name of a person")        \
    X(phone, "phone number")             \
    X(coordinates, "place on the earth") \
    X(street, "street address")

struct personal_column {
    size_t at;        /* index among the file's columns */
    const char *name; /* as in the file */
    const char *kind; /* "e-mail address" */
};

struct personal {
    size_t n;
    const struct personal_column *at; /* [n], ascending */
};

/* What a column of this name holds, NULL: nothing personal that its name would say. */
const char *personal_by_name(const char *column, struct arena *keep);

/* What a cell holds, the blanks around it aside: "e-mail address", "IP address" or NULL. */
const char *personal_by_cell(const char *text);

/* The personal columns of a table of texts: by name, or since at least a tenth of the cells that
   are not blank are addresses; of long tables some thousand rows are looked at, evenly. */
struct personal personal_of_frame(const struct frame *f, struct arena *keep);

/* Those of a ledger file, by its header and the records that follow it.  Its header is the first
   record among the first hundred that names the ledger's key or date.  None where that is not
   found, where the file cannot be read, or is a pipe, which gives its bytes only once. */
struct personal personal_of_ledger(const struct study *study, size_t ledger, struct arena *keep);

/* "IPAddress (IP address), RecipientEmail (e-mail address)". */
const char *personal_list(const struct personal *p, struct arena *keep);

/* The column of this name among them, or NULL. */
const struct personal_column *personal_find(const struct personal *p, const char *column);

/* The text with [e-mail] and [IP address] in place of what has the shape of one; itself where there
   is none. */
const char *personal_masked(const char *text, struct arena *keep);

/* A record of a table of texts as one line of at most about `length` bytes, shortened: personal
   columns are told by their kind only, the rest is masked. */
const char *personal_record(const struct frame *f, const struct personal *p, size_t row,
                            size_t length, struct arena *keep);

#endif
