/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/program/ask.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "io/text/glyph.h"

enum { TRIES = 5, LONGEST = 64 };

bool ask_possible(void)
{
    return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

static void show(const struct question *q)
{
    struct arena *scratch = arena_new();
    fprintf(stderr, "%s\n", text_shown(q->text, scratch));
    for (size_t k = 0; k < q->n; k++)
        fprintf(stderr, "  %zu) %s\n", k + 1, text_shown(q->choice[k], scratch));
    arena_free(scratch);
}

/* A line that is too long is none of the numbers; its rest is not an answer to the next question.
   False at the end of the input. */
static bool read_line(char *line, size_t size)
{
    if (!fgets(line, (int)size, stdin))
        return false;
    if (strchr(line, '\n'))
        return true;
    int c = 0;
    while (c != '\n' && c != EOF)
        c = getchar();
    line[0] = '?';
    return true;
}

size_t ask_choice(const struct question *q)
{
    char line[LONGEST], *end;
    show(q);
    for (int tries = 0; tries < TRIES; tries++) {
        fprintf(stderr, "Type a number, or Enter for %zu: ", q->proposed + 1);
        fflush(stderr);
        if (!read_line(line, sizeof line)) {
            fputc('\n', stderr);
            return q->proposed;
        }
        line[strcspn(line, "\r\n")] = '\0';
        if (!*line)
            return q->proposed;
        unsigned long x = strtoul(line, &end, 10);
        if (*line >= '0' && *line <= '9' && !*end && x >= 1 && x <= q->n)
            return x - 1;
    }
    return q->proposed;
}
