/* SPDX-License-Identifier: GPL-3.0-or-later
   Fuzzer of the delimited reader and of what unpacks and decodes for it (scripts/fuzz csv;
   csv_replay_test.c replays the corpus without a fuzzer).

   The first byte chooses the dialect, the second the size of the pieces; the rest
   is the file.  Read in pieces and at once it must be the same, to the message,
   and so must the whole as a frame. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/csv_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct csv_dialect dialects[] = {
        {0},
        {.delimiter = ';', .encoding = "CP1252"},
        {.delimiter = '\t', .encoding = "UTF-16LE", .skip_lines = 1},
        {.delimiter = '|', .max_record = 16},
        {.encoding = "SHIFT_JIS"},
        {.encoding = "UTF-8", .skip_lines = 2},
        {.encoding = "ISO-2022-JP"},
    };
    if (size < 2)
        return 0;
    struct arena *keep = arena_new();
    const struct csv_dialect *d = &dialects[data[0] % (sizeof dialects / sizeof dialects[0])];
    const char *whole = csv_as_text(data + 2, size - 2, d, 65536, keep);
    const char *pieces = csv_as_text(data + 2, size - 2, d, 1 + data[1] % 64, keep);
    if (strcmp(whole, pieces) != 0) {
        fprintf(stderr, "at once:\n%sin pieces of %d:\n%s", whole, 1 + data[1] % 64, pieces);
        abort();
    }
    const char *differs = csv_frame_differs(data + 2, size - 2, d, keep);
    if (differs) {
        fputs(differs, stderr);
        abort();
    }
    arena_free(keep);
    return 0;
}
