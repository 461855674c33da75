/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/xlsx/relations.h"

#include <string.h>

#include "io/xlsx/xml.h"

enum { RELATIONSHIPS = 1, RELATIONSHIP, MOST = 100000, LIMIT = 64 << 20 };

static const struct xml_place places[] = {{XML_TOP, "Relationships", RELATIONSHIPS, false},
                                          {RELATIONSHIPS, "Relationship", RELATIONSHIP, false},
                                          {0, NULL, 0, false}};

struct reading {
    struct package *package;
    const char *folder; /* of the part: "xl/" */
    struct relation *at;
    size_t n, room;
    struct arena *keep;
};

/* Takes the last segment off a path: "xl/worksheets/" becomes "xl/". */
static void up(char *path)
{
    size_t n = strlen(path);
    while (n > 0 && path[n - 1] == '/')
        n--;
    while (n > 0 && path[n - 1] != '/')
        n--;
    path[n] = '\0';
}

/* A target against the folder: "../x", "./x", "/xl/x". */
static const char *resolve(const char *folder, const char *target, struct arena *keep)
{
    const size_t from = target[0] == '/' ? 0 : strlen(folder);
    char *result = arena_alloc(keep, from + strlen(target) + 1, 1);
    memcpy(result, folder, from);
    for (const char *at = target; *at;) {
        size_t n = strcspn(at, "/\\");
        if (n == 2 && memcmp(at, "..", 2) == 0)
            up(result);
        else if (n > 0 && !(n == 1 && *at == '.'))
            strncat(result, at, n + (at[n] != '\0'));
        at += n + (at[n] != '\0');
    }
    for (char *c = result; *c; c++)
        if (*c == '\\')
            *c = '/';
    return result;
}

static const char *last_word(const char *uri)
{
    const char *slash = strrchr(uri, '/');
    return slash ? slash + 1 : uri;
}

static bool on_start(void *context, int place, const char **attributes, struct err *err)
{
    struct reading *r = context;
    const char *id = xml_attribute(attributes, "Id"), *type = xml_attribute(attributes, "Type"),
               *target = xml_attribute(attributes, "Target"),
               *mode = xml_attribute(attributes, "TargetMode");
    if (place != RELATIONSHIP || !id || !type || !target || (mode && strcmp(mode, "External") == 0))
        return true;
    if (r->n == MOST)
        return package_wrong(r->package, NULL, NULL, "has more relationships than a workbook can",
                             "save it again in Excel", err);
    if (r->n == r->room) {
        struct relation *more = ARENA_NEW(r->keep, struct relation, r->room = 2 * r->room + 16);
        if (r->n)
            memcpy(more, r->at, r->n * sizeof *more);
        r->at = more;
    }
    r->at[r->n++] = (struct relation){.id = arena_strdup(r->keep, id),
                                      .type = arena_strdup(r->keep, last_word(type)),
                                      .part = resolve(r->folder, target, r->keep)};
    return true;
}

bool relations_read(struct package *p, const char *part, struct relations *relations,
                    struct arena *keep, struct err *err)
{
    static const struct xml_reader reader = {.what = "relationships",
                                             .places = places,
                                             .namespaces = xml_relationships,
                                             .start = on_start};
    const int folder = (int)(last_word(part) - part);
    const char *name = arena_printf(keep, "%.*s_rels/%s.rels", folder, part, last_word(part));
    struct reading r = {
        .package = p, .folder = arena_strndup(keep, part, (size_t)folder), .keep = keep};
    *relations = (struct relations){0};
    if (!package_has(p, name))
        return true;
    struct arena *scratch = arena_new();
    bool done = xml_read(p, name, LIMIT, &reader, &r, scratch, err);
    arena_free(scratch);
    *relations = (struct relations){.n = r.n, .at = r.at};
    return done;
}

const struct relation *relation_of_type(const struct relations *r, const char *type)
{
    for (size_t i = 0; i < r->n; i++)
        if (strcmp(r->at[i].type, type) == 0)
            return &r->at[i];
    return NULL;
}

const struct relation *relation_of_id(const struct relations *r, const char *id)
{
    for (size_t i = 0; i < r->n; i++)
        if (strcmp(r->at[i].id, id) == 0)
            return &r->at[i];
    return NULL;
}
