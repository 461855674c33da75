/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/survey/import_id.h"

#include <string.h>

#include <jansson.h>

enum {
    LONGEST = 256,   /* bytes of an id; Qualtrics names them in a few */
    MOST_MEMBERS = 3 /* behind the first */
};

bool import_id_begins(const char *cell)
{
    return cell[strspn(cell, " \t")] == '{' && strstr(cell, "ImportId") != NULL;
}

/* ---- JSON ---- */

static const char *member(const json_t *object, const char *key, struct arena *keep)
{
    const json_t *value = json_object_get(object, key);
    if (json_is_integer(value))
        return arena_printf(keep, "%lld", (long long)json_integer_value(value));
    return json_is_string(value) ? arena_strdup(keep, json_string_value(value)) : NULL;
}

static bool parse_json(const char *cell, struct import_id *out, struct arena *keep)
{
    json_t *object = json_loads(cell, JSON_REJECT_DUPLICATES, NULL);
    if (json_is_object(object))
        *out = (struct import_id){.id = member(object, "ImportId", keep),
                                  .choice = member(object, "choiceId", keep),
                                  .time_zone = member(object, "timeZone", keep)};
    json_decref(object);
    return out->id != NULL;
}

/* ---- what is no JSON ---- */

/* The bytes of a quote: ' " ` and the typographic ones, U+2018 to U+201F, or of the backslash that
   escapes one; 0: none. */
static size_t quote_length(const char *at)
{
    if (*at && strchr("'\"`\\", *at))
        return 1;
    const unsigned char *u = (const unsigned char *)at;
    return u[0] == 0xe2 && u[1] == 0x80 && u[2] >= 0x98 && u[2] <= 0x9f ? 3 : 0;
}

static const char *behind_quotes(const char *at)
{
    for (size_t n; (n = *at == ' ' ? 1 : quote_length(at)) > 0;)
        at += n;
    return at;
}

/* The value behind a word that a colon follows. */
static const char *scan_member(const char *cell, const char *key, struct arena *keep)
{
    const char *at = strstr(cell, key);
    if (!at)
        return NULL;
    at = behind_quotes(at + strlen(key));
    if (*at != ':')
        return NULL;
    const char *from = behind_quotes(at + 1), *to = from;
    while (*to && !strchr(",}", *to) && !quote_length(to))
        to++;
    while (to > from && to[-1] == ' ')
        to--;
    return to > from ? arena_strndup(keep, from, (size_t)(to - from)) : NULL;
}

static bool is_closed(const char *cell)
{
    size_t n = strlen(cell);
    while (n > 0 && strchr(" \t\r\n\"", cell[n - 1]))
        n--;
    return n > 0 && cell[n - 1] == '}';
}

bool import_id_parse(const char *cell, struct import_id *out, struct arena *keep)
{
    *out = (struct import_id){0};
    if (!import_id_begins(cell) || !is_closed(cell))
        return false;
    if (!parse_json(cell, out, keep))
        *out = (struct import_id){.id = scan_member(cell, "ImportId", keep),
                                  .choice = scan_member(cell, "choiceId", keep),
                                  .time_zone = scan_member(cell, "timeZone", keep)};
    return out->id && *out->id && strlen(out->id) <= LONGEST &&
           (!out->choice || strlen(out->choice) <= LONGEST) &&
           (!out->time_zone || strlen(out->time_zone) <= LONGEST);
}

/* ---- cells that were cut ---- */

struct survey_row import_id_joined(const struct survey_row *row, struct arena *keep)
{
    const char **cell = ARENA_NEW(keep, const char *, row->n);
    struct survey_row joined = {.cell = cell, .line = row->line};
    size_t open = 0; /* further cells that may belong to the last one */
    for (size_t j = 0; j < row->n; j++) {
        const bool begins = import_id_begins(row->cell[j]), closed = is_closed(row->cell[j]);
        if (open > 0 && !begins)
            cell[joined.n - 1] = arena_printf(keep, "%s,%s", cell[joined.n - 1], row->cell[j]);
        else
            cell[joined.n++] = row->cell[j];
        open = closed ? 0 : begins ? MOST_MEMBERS : open > 0 ? open - 1 : 0;
    }
    return joined;
}
