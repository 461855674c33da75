/* SPDX-License-Identifier: GPL-3.0-or-later
   What the layouts have in common. */
#include "io/survey/layout.h"

#include <string.h>

#include "models/base/key_map.h"

const struct survey_layout *const survey_layouts[] = {
#define X(name) &survey_layout_##name,
    SURVEY_LAYOUT_LIST(X)
#undef X
};
const size_t survey_n_layouts = sizeof survey_layouts / sizeof *survey_layouts;

/* One cell that holds what another delimiter would divide. */
static bool is_undivided(const struct survey_head *head)
{
    return !head->workbook && head->n > 0 && head->row[0].n == 1 &&
           strpbrk(head->row[0].cell[0], ",;\t|");
}

const struct survey_layout *survey_layout_of(const struct survey_head *head, const char *format)
{
    for (size_t i = 0; i < survey_n_layouts && !is_undivided(head); i++) {
        const struct survey_layout *l = survey_layouts[i];
        if ((!format || strcmp(format, l->format) == 0) && l->recognise(head, format != NULL))
            return l;
    }
    return NULL;
}

const char *survey_cell(const struct survey_head *head, size_t row, size_t column)
{
    return row < head->n && column < head->row[row].n ? head->row[row].cell[column] : "";
}

/* ---- texts ---- */

/* The bytes of a blank: also U+00A0; 0 where there is none. */
static size_t blank_length(const char *text)
{
    if (*text && strchr(" \t\r\n\v\f", *text))
        return 1;
    return strncmp(text, "\xc2\xa0", 2) == 0 ? 2 : 0;
}

bool survey_is_blank(const char *text)
{
    for (size_t n; (n = blank_length(text)) > 0;)
        text += n;
    return *text == '\0';
}

const char *survey_name(const char *text, struct arena *keep)
{
    char *name = arena_strdup(keep, text), *to = name;
    bool gap = false;
    while (*text) {
        size_t n = blank_length(text);
        if (n) {
            gap = to > name;
            text += n;
            continue;
        }
        if (gap)
            *to++ = ' ';
        gap = false;
        *to++ = *text++;
    }
    *to = '\0';
    return name;
}

const char *survey_label(const char *text, struct arena *keep)
{
    size_t used = 0;
    for (size_t n; (n = blank_length(text)) > 0;)
        text += n;
    for (size_t i = 0, n; text[i]; i += n ? n : 1)
        if ((n = blank_length(text + i)) == 0)
            used = i + 1;
    return arena_strndup(keep, text, used);
}

/* ---- headers ---- */

struct survey_header survey_header_of(const struct survey_head *head, size_t n_rows,
                                      size_t name_row, size_t label_row, struct arena *keep)
{
    struct survey_header h = {.n_rows = n_rows};
    for (size_t k = 0; k < n_rows; k++)
        h.n = head->row[k].n > h.n ? head->row[k].n : h.n;
    h.name = ARENA_NEW(keep, const char *, h.n);
    h.label = ARENA_NEW(keep, const char *, h.n);
    h.alias = ARENA_NEW(keep, const char *, h.n);
    for (size_t j = 0; j < h.n; j++) {
        h.name[j] = survey_name(survey_cell(head, name_row, j), keep);
        h.label[j] = survey_label(survey_cell(head, label_row, j), keep);
        if (!*h.label[j])
            h.label[j] = h.name[j];
    }
    return h;
}

bool survey_same_width(const struct survey_head *head, size_t n, struct err *err)
{
    struct arena *scratch = arena_new();
    for (size_t k = 1; !head->workbook && k < n && err->code == ERR_NONE; k++)
        if (head->row[k].n != head->row[0].n)
            err_at(err, ERR_SYNTAX,
                   &(struct problem){.file = head->file,
                                     .line = head->row[k].line,
                                     .what = arena_printf(scratch,
                                                          "this row of the header has %zu field%s, "
                                                          "the first %zu",
                                                          head->row[k].n,
                                                          head->row[k].n == 1 ? "" : "s",
                                                          head->row[0].n),
                                     .mend = "export the file anew: its header is cut or shifted"});
    arena_free(scratch);
    return err->code == ERR_NONE;
}

/* ---- names ---- */

static bool settle_nameless(const struct survey_head *head, struct survey_header *h,
                            struct arena *keep, struct err *err)
{
    while (h->n > 0 && !*h->name[h->n - 1])
        h->n--;
    for (size_t j = 0; j < h->n; j++) {
        if (*h->name[j])
            continue;
        if (!head->workbook)
            return err_at(
                err, ERR_SYNTAX,
                &(struct problem){
                    .file = head->file,
                    .line = head->row[0].line,
                    .what = arena_printf(keep, "column %zu of the header has no name", j + 1),
                    .mend = "name it"});
        h->name[j] = NULL;
    }
    if (h->n > 0)
        return true;
    return err_at(err, ERR_SYNTAX,
                  &(struct problem){.file = head->file,
                                    .line = head->row[0].line,
                                    .what = "the header has no column with a name",
                                    .mend = "export the file anew"});
}

/* The names so far, and how many columns want each. */
struct wanted {
    struct key_map *map;
    size_t *n; /* [columns] */
};

static const char *next_free(struct wanted *w, const char *name, struct arena *keep)
{
    bool added = false;
    const char *another = name;
    const uint32_t id = key_map_find(w->map, name, strlen(name));
    while (!added) {
        another = arena_printf(keep, "%s (%zu)", name, ++w->n[id]);
        key_map_add(w->map, another, strlen(another), &added);
    }
    return another;
}

static void number_names(struct survey_header *h, struct remarks *remarks, struct arena *keep)
{
    enum { TOLD = 5 };
    size_t n = 0;
    const char *told = "";
    struct wanted w = {key_map_new(h->n, keep), ARENA_NEW(keep, size_t, h->n)};
    bool *again = ARENA_NEW(keep, bool, h->n);
    for (size_t j = 0; j < h->n; j++) {
        bool added = true;
        if (h->name[j])
            w.n[key_map_add(w.map, h->name[j], strlen(h->name[j]), &added)] = 1;
        again[j] = !added;
    }
    for (size_t j = 0; j < h->n; j++) {
        if (!again[j])
            continue;
        h->name[j] = next_free(&w, h->name[j], keep);
        if (n++ < TOLD)
            told = arena_printf(keep, "%s%s'%s'", told, n > 1 ? ", " : "",
                                remark_value(h->name[j], keep));
    }
    if (n)
        remark(remarks, "%zu column%s numbered, as %s the name of one before: %s%s", n,
               n == 1 ? " is" : "s are", n == 1 ? "it has" : "they have", told,
               n > TOLD ? ", ..." : "");
}

static void settle_aliases(struct survey_header *h, struct arena *keep)
{
    struct key_map *map = key_map_new(h->n, keep);
    size_t *first = ARENA_NEW(keep, size_t, h->n);
    for (size_t j = 0; j < h->n; j++) {
        bool added;
        if (!h->alias[j])
            continue;
        const uint32_t id = key_map_add(map, h->alias[j], strlen(h->alias[j]), &added);
        if (added) {
            first[id] = j;
            continue;
        }
        h->alias[first[id]] = NULL;
        h->alias[j] = NULL;
    }
}

bool survey_settle_names(const struct survey_head *head, struct survey_header *h,
                         struct remarks *remarks, struct arena *keep, struct err *err)
{
    if (!settle_nameless(head, h, keep, err))
        return false;
    number_names(h, remarks, keep);
    settle_aliases(h, keep);
    return true;
}

/* ---- what the study says ---- */

bool survey_keeps(const struct study_survey *survey, const struct column *c)
{
    for (size_t k = 0; k < survey->n_keep; k++) {
        const char *name = survey->keep[k].column;
        if (strcmp(name, c->name) == 0 || (c->alias && strcmp(name, c->alias) == 0))
            return true;
    }
    return false;
}
