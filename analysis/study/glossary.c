/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/study/glossary.h"

#include <string.h>

#include "analysis/study/words.h"
#include "io/ledger/behaviours.h"
#include "io/privacy/suppress.h"
#include "models/base/fit.h"

/* A page while it grows. */
struct page {
    char *text;
    size_t n, room;
    struct arena *keep;
};

static void add(struct page *p, const char *text)
{
    size_t length = strlen(text);
    if (p->n + length + 1 > p->room) {
        size_t room = 2 * (p->room + length) + 4096;
        char *more = ARENA_NEW(p->keep, char, room);
        if (p->n)
            memcpy(more, p->text, p->n);
        p->text = more;
        p->room = room;
    }
    memcpy(p->text + p->n, text, length + 1);
    p->n += length;
}

static const char *type_word(enum column_type type)
{
    static const char *const word[] = {[COLUMN_REAL] = "number",
                                       [COLUMN_WHOLE] = "whole number",
                                       [COLUMN_DAY] = "day",
                                       [COLUMN_FACTOR] = "level",
                                       [COLUMN_TEXT] = "text"};
    return word[type];
}

static void add_words(struct page *p)
{
    add(p, "## Result columns\n\n| column | heading | type | meaning |\n|---|---|---|---|\n");
    for (size_t i = 0; i < n_words; i++)
        add(p, arena_printf(p->keep, "| `%s` | %s | %s | %s |\n", words[i].name, words[i].label,
                            type_word(words[i].type), words[i].note));
}

static void add_behaviours(struct page *p)
{
    add(p,
        "\n## Behaviours\n\nEach is counted in a respondent's own window; `baseline_NAME` is the "
        "same before the response,\n`change_NAME` the window less the baseline.\n\n"
        "| behaviour | heading | unit | meaning |\n|---|---|---|---|\n");
    for (size_t i = 0; i < n_behaviours; i++)
        add(p, arena_printf(p->keep, "| `%s` | %s | %s | %s |\n", behaviours[i].name,
                            behaviours[i].label, behaviours[i].unit ? behaviours[i].unit : "",
                            behaviours[i].definition));
}

static void add_statuses(struct page *p)
{
    add(p, "\n## Statuses\n\nHow an estimation ended is a result, a row like others.\n\n");
    for (int s = 0; s < FIT_N_STATUS; s++)
        add(p, arena_printf(p->keep, "- `%s`\n", fit_status_word((enum fit_status)s)));
    add(p, "- `" STATUS_SUPPRESSED "`: the figures are left out by `--suppress-below`\n");
    add(p, "\n## Why a value is missing\n\n");
    for (int m = 1; m < MISSING_N; m++)
        add(p, arena_printf(p->keep, "- %s\n", missing_word((enum missing)m)));
}

const char *glossary_text(struct arena *keep)
{
    struct page p = {.keep = keep};
    add(&p, "# Glossary\n\nThe words of saydo's tables. This page is made from the programs by "
            "`make docs`; a test fails on a\ncolumn that is not here.\n\n");
    add_words(&p);
    add_behaviours(&p);
    add_statuses(&p);
    return p.text;
}
