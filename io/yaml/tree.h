/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_YAML_TREE_H
#define IO_YAML_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/base/arena.h"
#include "models/base/err.h"

/* A YAML document with the line of every key: what libcyaml does not give for
   values that are wrong only in their meaning ("range: [7, 1]").  Scalars are
   texts, whatever they look like: no, 007 and 1e3 stay as written. */

enum yaml_kind { YAML_TEXT, YAML_LIST, YAML_MAP };

struct yaml_tree {
    enum yaml_kind kind;
    uint64_t line;    /* 1-based: of the key in a mapping, of the value elsewhere */
    const char *key;  /* in a mapping; else NULL */
    const char *text; /* of YAML_TEXT; never NULL there */
    bool blank;       /* nothing is written where a value should stand: "key:" */
    size_t n;         /* children of a list or mapping, in the order of the file */
    /* the preset that it was filled in from (io/study/preset_merge.h); NULL: it stands in the file
     */
    const char *origin;
    const struct yaml_tree *parent, *first, *next;
};

enum { YAML_DEEPEST = 12 };

/* Parses `size` bytes of UTF-8 (or UTF-16 with a byte order mark).  Refused with
   ERR_STUDY, line and mend: whatever is not YAML, invalid UTF-8, more than one
   document, anchors, aliases and tags, nesting deeper than YAML_DEEPEST, keys
   that are no texts, and texts with a NUL.  An empty file gives a blank text.
   NULL on error.  `file` is for messages. */
const struct yaml_tree *yaml_tree_read(const char *bytes, size_t size, const char *file,
                                       struct arena *keep, struct err *err);

/* The child of a mapping under a key, the i-th child; NULL if there is none (or t is NULL). */
const struct yaml_tree *yaml_find(const struct yaml_tree *t, const char *key);
const struct yaml_tree *yaml_at(const struct yaml_tree *t, size_t index);

/* The keys from the top down to t: "ledgers.amount.sign"; NULL for the top. */
const char *yaml_path(const struct yaml_tree *t, struct arena *keep);

#endif
