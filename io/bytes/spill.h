/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_BYTES_SPILL_H
#define IO_BYTES_SPILL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/base/err.h"

/* A temporary file for what does not fit into memory: in $TMPDIR, else /var/tmp or /tmp,
   without a name, so that nothing is left of it however the program ends.  It is made
   with the first write.  Several threads may write and read at once. */
struct spill;

struct spill *spill_new(void);
void spill_free(struct spill *s); /* NULL is fine */

/* Appends n bytes, which then lie at *at.  ERR_FILE where the disk is full, naming the
   folder and how to choose another. */
bool spill_write(struct spill *s, const void *bytes, size_t n, uint64_t *at, struct err *err);

/* n bytes that have been written at `at`. */
bool spill_read(const struct spill *s, uint64_t at, void *bytes, size_t n, struct err *err);

uint64_t spill_size(const struct spill *s); /* bytes written so far */

#endif
