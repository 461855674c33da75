/* SPDX-License-Identifier: GPL-3.0-or-later
   The XML of a part, element by element, with what a reader does not know left out. */
#ifndef IO_XLSX_XML_H
#define IO_XLSX_XML_H

#include "io/xlsx/package.h"

/* An element that a reader looks at: its local name inside a place, and the place inside it. */
struct xml_place {
    int inside; /* XML_TOP: the document */
    const char *name;
    int place; /* > 0 */
    bool text; /* its text is wanted */
};

enum { XML_TOP = 0 };

/* What a reader knows; both calls return false after setting err, and the reading ends. */
struct xml_reader {
    const char *what;               /* "a worksheet": for messages */
    const struct xml_place *places; /* up to one with no name */
    const char *const *namespaces;  /* of these elements: one or two, then NULL */
    bool (*start)(void *context, int place, const char **attributes, struct err *err);
    /* `text` with a NUL behind `length` bytes; "" where it is not wanted */
    bool (*end)(void *context, int place, const char *text, size_t length, struct err *err);
};

extern const char *const xml_spreadsheet[]; /* namespaces of sheets, strings, styles */
extern const char *const xml_relationships[];

struct xml;

/* The part stays the caller's.  NULL on error. */
struct xml *xml_open(struct part *part, const struct xml_reader *reader, void *context,
                     struct arena *own, struct err *err);

/* Reads on until xml_pause() or the end: true where it paused.  Refused (ERR_SYNTAX): what is
   not well-formed, a DTD, nesting and tags without measure, another root element. */
bool xml_run(struct xml *x, struct err *err);
void xml_pause(struct xml *x); /* from a call of the reader's end() */
void xml_close(struct xml *x); /* NULL is fine */

/* A whole part. */
bool xml_read(struct package *p, const char *part, uint64_t limit, const struct xml_reader *reader,
              void *context, struct arena *scratch, struct err *err);

/* The value of an attribute without prefix, or NULL. */
const char *xml_attribute(const char **attributes, const char *name);

/* xsd:boolean; false where it is absent. */
bool xml_flag(const char **attributes, const char *name);

/* An unsigned whole number up to `most`; false where the text is none. */
bool xml_count(const char *text, uint64_t most, uint64_t *value);

/* Undoes _xHHHH_ in place (ST_Xstring); the new length. */
size_t xml_unescape(char *text, size_t length);

#endif
