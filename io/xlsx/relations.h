/* SPDX-License-Identifier: GPL-3.0-or-later
   Which part a part speaks of (ECMA-376 part 2, 9.3): its file of relationships. */
#ifndef IO_XLSX_RELATIONS_H
#define IO_XLSX_RELATIONS_H

#include "io/xlsx/package.h"

struct relation {
    const char *id;
    const char *type; /* the last word of its URI: "worksheet", "sharedStrings" */
    const char *part; /* resolved: "xl/worksheets/sheet1.xml" */
};

struct relations {
    size_t n;
    const struct relation *at;
};

/* Those of a part; "" for the package.  Without such a file there are none; those that lead out
   of the file are left out. */
bool relations_read(struct package *p, const char *part, struct relations *relations,
                    struct arena *keep, struct err *err);

/* The first of a type, the one of an id; NULL if there is none. */
const struct relation *relation_of_type(const struct relations *r, const char *type);
const struct relation *relation_of_id(const struct relations *r, const char *id);

#endif
