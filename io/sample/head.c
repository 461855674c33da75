/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/sample/head.h"

#include <string.h>

#include "io/bytes/decode.h"
#include "io/table/records.h"

enum { HEAD = 64 << 10, LINES = 50, MOST_MARKS = 64 };

static const char delimiters[] = {',', ';', '\t', '|'};

/* ---- bytes ---- */

static bool read_head(const char *path, char *head, size_t *length, struct err *err)
{
    struct stream *s = stream_open(path, err);
    size_t got = 1;
    *length = 0;
    while (s && *length < HEAD && got) {
        if (!stream_read(s, head + *length, HEAD - *length, &got, err)) {
            stream_close(s);
            return false;
        }
        *length += got;
    }
    stream_close(s);
    return s != NULL;
}

/* UTF-8 as far as it was read, or a text whose byte order mark tells what it is. */
static bool tells_itself(const char *head, size_t n)
{
    static const char mark[][2] = {{'\xff', '\xfe'}, {'\xfe', '\xff'}};
    for (size_t i = 0; i < 2; i++)
        if (n >= 2 && memcmp(head, mark[i], 2) == 0)
            return true;
    size_t bad = utf8_bad(head, n), longest = 4;
    return bad == n || (n == HEAD && n - bad < longest);
}

/* How many lines (outside quotes) hold one and the same number of the delimiter; of several such
   numbers the one of most lines.  Titles above a table have none. */
static size_t evenness(const char *text, size_t n, char delimiter)
{
    size_t lines_of[MOST_MARKS] = {0}, count = 0, lines = 0, best = 0;
    bool quoted = false;
    for (size_t i = 0; i < n && lines < LINES; i++) {
        quoted ^= text[i] == '"';
        if (quoted)
            continue;
        count += text[i] == delimiter;
        if (text[i] != '\n' && i + 1 < n)
            continue;
        lines_of[count < MOST_MARKS ? count : MOST_MARKS - 1]++;
        lines++;
        count = 0;
    }
    for (size_t k = 1; k < MOST_MARKS; k++)
        best = lines_of[k] && lines_of[k] * MOST_MARKS + k > best ? lines_of[k] * MOST_MARKS + k
                                                                  : best;
    return best;
}

bool head_dialect(const char *path, struct csv_dialect *dialect, struct err *err)
{
    struct arena *scratch = arena_new();
    char *head = ARENA_NEW(scratch, char, HEAD);
    size_t length, best = 0;
    *dialect = (struct csv_dialect){.delimiter = ','};
    bool done = read_head(path, head, &length, err);
    for (size_t i = 0; done && i < sizeof delimiters; i++) {
        size_t score = evenness(head, length, delimiters[i]);
        if (score > best) {
            best = score;
            dialect->delimiter = delimiters[i];
        }
    }
    if (done && !tells_itself(head, length))
        dialect->encoding = "CP1252";
    arena_free(scratch);
    return done;
}

/* ---- rows ---- */

bool head_rows(const char *path, const struct csv_dialect *dialect, const char *sheet, size_t most,
               const struct head_row **rows, size_t *n, struct arena *keep, struct err *err)
{
    struct records *r = records_open(path, dialect, sheet, keep, err);
    struct head_row *row = ARENA_NEW(keep, struct head_row, most);
    const struct record_cell *cells;
    size_t length;
    *n = 0;
    *rows = row;
    while (r && *n < most && records_next(r, &cells, &length, err)) {
        const char **cell = ARENA_NEW(keep, const char *, length);
        for (size_t j = 0; j < length; j++)
            cell[j] = arena_strndup(keep, cells[j].text, cells[j].length);
        row[(*n)++] = (struct head_row){records_line(r), length, cell};
    }
    records_close(r);
    return err->code == ERR_NONE;
}

static size_t filled(const struct head_row *row)
{
    size_t n = 0;
    for (size_t j = 0; j < row->n; j++)
        n += row->cell[j][0] != '\0';
    return n;
}

/* The most cells that a row of the next ten has. */
static size_t filled_below(const struct head_row *rows, size_t n, size_t from)
{
    enum { NEXT = 10 };
    size_t most = 0;
    for (size_t i = from; i < n && i < from + NEXT; i++) {
        size_t k = filled(&rows[i]);
        most = k > most ? k : most;
    }
    return most;
}

static bool holds_letter(const char *text)
{
    for (; *text; text++)
        if ((*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z') ||
            (unsigned char)*text >= 0x80)
            return true;
    return false;
}

/* Texts that hold letters, and none of them twice. */
static bool are_names(const struct head_row *row)
{
    for (size_t j = 0; j < row->n; j++) {
        if (!row->cell[j][0])
            continue;
        if (!holds_letter(row->cell[j]) || row->cell[j][0] == '{')
            return false;
        for (size_t i = 0; i < j; i++)
            if (strcmp(row->cell[i], row->cell[j]) == 0)
                return false;
    }
    return true;
}

/* Rows that no table begins with: DATEV's line about the file, Excel's about the delimiter. */
static bool is_about_the_file(const struct head_row *row)
{
    return strcmp(row->cell[0], "EXTF") == 0 || strcmp(row->cell[0], "DTVF") == 0 ||
           strncmp(row->cell[0], "sep=", 4) == 0;
}

size_t head_names(const struct head_row *rows, size_t n)
{
    for (size_t i = 0; i + 1 < n; i++) {
        size_t below = filled_below(rows, n, i + 1), own = filled(&rows[i]);
        if (is_about_the_file(&rows[i]))
            continue;
        if (i == 0 && 10 * own >= 7 * below)
            return 0;
        if (own >= 2 && 10 * own >= 7 * below && are_names(&rows[i]))
            return i;
    }
    return 0;
}
