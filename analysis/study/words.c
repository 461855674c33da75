/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/study/words.h"

#include <string.h>

const struct column words[] = {
#define X(word, heading, column_type, what, definition) \
    {.name = #word,                                     \
     .label = heading,                                  \
     .note = definition,                                \
     .type = column_type,                               \
     .measure = MEASURE_SCALE,                          \
     .quantity = what},
    WORD_LIST(X)
#undef X
};
const size_t n_words = sizeof words / sizeof *words;

const struct column *word_find(const char *name)
{
    for (size_t i = 0; i < n_words; i++)
        if (strcmp(words[i].name, name) == 0)
            return &words[i];
    return NULL;
}
