/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_LEDGER_MEND_DATE_H
#define IO_LEDGER_MEND_DATE_H

#include "io/ledger/work.h"

/* What to do about a date that does not fit its format: the usual formats that fit it and the dates
   of the lines around it, with the first that decides between them.  Looks at the records that are
   being read, once something is wrong. */
const char *worker_mend_date(struct ledger_worker *w, struct slice text);

#endif
