/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/init/wordings.h"

#include <string.h>

#include "analysis/init/likert_words.h"
#include "io/text/answer_words.h"

static const struct wording wordings[] = {
#define X(language, asked, answers) {#language, #asked, answers},
    LIKERT_LIST(X)
#undef X
};

size_t wordings_n(void)
{
    return sizeof wordings / sizeof *wordings;
}

const struct wording *wordings_at(size_t k)
{
    return &wordings[k];
}

const char *wording_folded(const char *text, size_t length, struct arena *keep)
{
    const char *whole = answer_folded(arena_strndup(keep, text, length), keep);
    const char *mark = strchr(whole, '/');
    if (!mark)
        return whole;
    size_t before = (size_t)(mark - whole);
    while (before && whole[before - 1] == ' ')
        before--;
    return arena_printf(keep, "%.*s, %s", (int)before, whole, mark + 1 + strspn(mark + 1, " "));
}

int wording_points(const struct wording *w)
{
    int n = 1;
    for (const char *at = w->answers; *at; at++)
        n += *at == '|';
    return n;
}

void wording_places(const struct wording *w, size_t n, const char *const folded[], int place[],
                    struct arena *scratch)
{
    int point = 0;
    for (size_t i = 0; i < n; i++)
        place[i] = -1;
    for (const char *at = w->answers; *at;) {
        size_t length = strcspn(at, "/|");
        const char *spelling = wording_folded(at, length, scratch);
        for (size_t i = 0; i < n; i++)
            if (place[i] < 0 && strcmp(spelling, folded[i]) == 0)
                place[i] = point;
        at += length;
        point += *at == '|';
        at += *at != '\0';
    }
}

int wording_place(const struct wording *w, const char *folded, struct arena *scratch)
{
    int place;
    wording_places(w, 1, &folded, &place, scratch);
    return place;
}

bool wording_no_answer(const char *folded, struct arena *scratch)
{
    for (const char *at = LIKERT_NO_ANSWER; *at;) {
        size_t n = strcspn(at, "|");
        if (strcmp(wording_folded(at, n, scratch), folded) == 0)
            return true;
        at += n + (at[n] == '|');
    }
    return false;
}
