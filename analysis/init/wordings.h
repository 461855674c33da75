/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_INIT_WORDINGS_H
#define ANALYSIS_INIT_WORDINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "models/base/arena.h"

/* LIKERT_LIST (likert_words.h) as a table, and how its texts are compared. */

struct wording {
    const char *language, *asked; /* "de", "satisfaction" */
    const char *answers;          /* from the lowest: '|' between them, '/' between spellings */
};

size_t wordings_n(void);
const struct wording *wordings_at(size_t k);

/* As answer_folded(), and "Teils / teils" is "Teils, teils". */
const char *wording_folded(const char *text, size_t length, struct arena *keep);

int wording_points(const struct wording *w);

/* The place of a folded text, from 0; -1: the wording does not have it. */
int wording_place(const struct wording *w, const char *folded, struct arena *scratch);

/* The places of several, looking at the wording once. */
void wording_places(const struct wording *w, size_t n, const char *const folded[], int place[],
                    struct arena *scratch);

/* Is a folded text one of those that mean "no answer"? */
bool wording_no_answer(const char *folded, struct arena *scratch);

#endif
