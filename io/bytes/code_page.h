/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_BYTES_CODE_PAGE_H
#define IO_BYTES_CODE_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/base/arena.h"

/* An encoding of one byte per character that has ASCII as its lower half, such as
   CP1252: text in it can be cut into fields before it is converted, and most
   cells need no conversion. */
struct code_page {
    uint8_t length[256]; /* of the character in UTF-8; 0: the byte is no character */
    char utf8[256][4];
};

/* NULL if iconv(3) does not know the encoding, or it is not of this kind. */
const struct code_page *code_page_find(const char *encoding, struct arena *keep);

/* The text in UTF-8, or NULL if a byte is no character (*bad is set to its place). */
const char *code_page_text(const struct code_page *page, const char *text, size_t n, size_t *n_utf8,
                           size_t *bad, struct arena *keep);

#endif
