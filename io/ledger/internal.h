/* SPDX-License-Identifier: GPL-3.0-or-later
   The ledger reader with other sizes than the usual ones, for tests. */
#ifndef IO_LEDGER_INTERNAL_H
#define IO_LEDGER_INTERNAL_H

#include "io/ledger/ledger.h"

/* As ledger_files(), with chunks of `chunk` bytes scanned `window` bytes at a time
   (0: the default): neither may change a result. */
const struct ledger_source *ledger_files_sized(const struct study *study, size_t chunk,
                                               size_t window, struct arena *keep);

#endif
