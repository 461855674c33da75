/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_TEXT_ANSWER_WORDS_H
#define IO_TEXT_ANSWER_WORDS_H

#include "models/base/arena.h"

/* An answer in words as it is compared: "Stimme  eher zu " and "STIMME EHER ZU" are one answer.
   Compatibility characters are normalised and upper and lower case made equal (Unicode's NFKC
   and full case folding), typographic apostrophes and dashes become ' and -, invisible
   characters are dropped, and blanks of all kinds are one blank between words, none at the ends.
   Text that is no UTF-8 is given back as it is. */
const char *answer_folded(const char *text, struct arena *keep);

#endif
