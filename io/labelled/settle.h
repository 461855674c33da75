/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_LABELLED_SETTLE_H
#define IO_LABELLED_SETTLE_H

#include "io/labelled/gather.h"

/* From what was gathered to what is given: texts become UTF-8, numbers texts, declared
   codes missing.  `encoding` NULL: the file's own.  `remark`: as labelled_read_replacing() has it,
   or NULL: bytes that are no letters are an error. */
const struct labelled *labelled_settle(const struct gathered *g, const struct labelled_kind *kind,
                                       const char *path, const char *encoding, const char **remark,
                                       struct arena *keep, struct err *err); /* NULL on error */

#endif
