/* SPDX-License-Identifier: GPL-3.0-or-later
   Where records end in blocks of text that several threads look at, each at its own,
   before it is known whether the block begins within a quoted field. */
#ifndef IO_LEDGER_CUT_H
#define IO_LEDGER_CUT_H

#include <stdbool.h>
#include <stddef.h>

#include "io/scan/plain.h"

/* What a block says if it begins outside quotes, or inside. */
struct cut_guess {
    bool irregular;      /* its quotes are then not those of RFC 4180 */
    size_t cut;          /* end of the last record that ends in the block, 0: none */
    enum scan_state end; /* behind its last byte */
};

struct block_cuts {
    size_t looked; /* bytes that this is about; few are left to the state machine */
    struct cut_guess outside, inside;
    bool opens; /* the first byte is a quote */
    bool ends;  /* the first byte is one, or ends a field */
};

/* The costly part; it needs the block alone. */
struct block_cuts cuts_look(char delimiter, const char *bytes, size_t n);

/* The cut of a block that begins in *state, which moves to its end.  A carriage return at
   the very end is not cut behind: a line feed may follow.  SIZE_MAX where the text
   breaks the rules. */
size_t cuts_take(const struct block_cuts *seen, char delimiter, const char *bytes, size_t n,
                 enum scan_state *state);

#endif
