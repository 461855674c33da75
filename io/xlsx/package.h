/* SPDX-License-Identifier: GPL-3.0-or-later
   The zip file of a workbook and its parts (ECMA-376, part 2). */
#ifndef IO_XLSX_PACKAGE_H
#define IO_XLSX_PACKAGE_H

#include "io/xlsx/xlsx.h"

struct package;

/* As xlsx_open(), with every limit filled in. */
struct package *package_open(const char *path, const struct xlsx_limits *limits, struct arena *keep,
                             struct err *err);
struct package *package_open_bytes(const char *name, const void *bytes, size_t n,
                                   const struct xlsx_limits *limits, struct arena *keep,
                                   struct err *err);
void package_close(struct package *p); /* NULL is fine */

const char *package_name(const struct package *p);

/* Is there such a part?  Names as ZIP has them ("xl/workbook.xml"), in any case. */
bool package_has(const struct package *p, const char *name);

/* ERR_SYNTAX about the file; false.  `place` is a part or a cell, or NULL. */
bool package_wrong(const struct package *p, const char *place, const char *value, const char *what,
                   const char *mend, struct err *err);

/* A part, unpacked piece by piece: a larger one by a thread of its own, ahead of who reads it. */
struct part;

/* Refuses more than `limit` unpacked bytes, declared or found.  NULL on error. */
struct part *part_open(struct package *p, const char *name, uint64_t limit, struct err *err);

/* *got = 0 at the end, where the checksum is compared. */
bool part_read(struct part *part, void *buffer, size_t size, size_t *got, struct err *err);

/* Of its bytes, how much has been read: 0 .. 1. */
double part_share(const struct part *part);

/* Ends a part_read() that waits, and all that follow, with an error that nobody is to see.  By any
   thread. */
void part_stop(struct part *part);

const char *part_name(const struct part *part);
const struct package *part_package(const struct part *part);
void part_close(struct part *part); /* NULL is fine */

#endif
