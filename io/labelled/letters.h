/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_LABELLED_LETTERS_H
#define IO_LABELLED_LETTERS_H

#include <stdbool.h>
#include <stddef.h>

#include "models/base/arena.h"

/* Texts of one encoding to UTF-8. */
struct letters;

/* NULL if iconv(3) does not know the encoding.  letters_close() ends it. */
struct letters *letters_open(const char *encoding, struct arena *keep);
void letters_close(struct letters *l);

/* The text in UTF-8 without the blanks at its end; it may be the text itself.  The first
   bytes of a character whose rest was cut off at the end of the text are dropped, since
   fixed widths do that.  NULL where other bytes are no letters; shown (a message's `value`)
   then tells them. */
const char *letters_text(const struct letters *l, const char *text, char shown[64],
                         struct arena *keep);

/* The same, but each byte that is no letter stands as its number: "M<fc>ller".  So different texts
   stay different.  *n_replaced is increased by how many there are. */
const char *letters_replaced(const struct letters *l, const char *text, size_t *n_replaced,
                             struct arena *keep);

#endif
