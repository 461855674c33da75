/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_YAML_WRITE_H
#define IO_YAML_WRITE_H

#include "io/yaml/tree.h"

/* A document as one line of YAML: flow style, every text in double quotes, everything
   but printable ASCII escaped.  Reading it gives the tree again, but for lines, origins
   and `blank`.  Length in *size; terminated. */
const char *yaml_write(const struct yaml_tree *t, size_t *size, struct arena *keep);

#endif
