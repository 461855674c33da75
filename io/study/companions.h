/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_STUDY_COMPANIONS_H
#define IO_STUDY_COMPANIONS_H

#include "io/study/study.h"
#include "models/base/frame.h"

/* The files that a study names beside its surveys and ledgers. */

/* The customer master; NULL where there is none, and on error. */
const struct frame *customers_read(const struct study *study, struct arena *keep, struct err *err);

/* join.mapping: which accounts are whose.  NULL where there is none, and on error. */
const struct frame *mapping_read(const struct study *study, struct arena *keep, struct err *err);

/* join.block_file: ids in a file of text (UTF-8) or a workbook, the first cell of each row that
   holds something; further cells are notes.  There is no header.  Empty where there is none. */
bool blocked_read(const struct study *study, struct texts *blocked, struct arena *keep,
                  struct err *err);

#endif
