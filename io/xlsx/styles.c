/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/xlsx/styles.h"

#include <string.h>

#include "io/xlsx/xml.h"

enum { SHEET_STYLES = 1, NUMBER_FORMATS, NUMBER_FORMAT, CELL_STYLES, CELL_STYLE };
enum { N_IDS = 65536, MOST_STYLES = 65536 }; /* Excel's own limits are a little lower */

static const struct xml_place places[] = {{XML_TOP, "styleSheet", SHEET_STYLES, false},
                                          {SHEET_STYLES, "numFmts", NUMBER_FORMATS, false},
                                          {NUMBER_FORMATS, "numFmt", NUMBER_FORMAT, false},
                                          {SHEET_STYLES, "cellXfs", CELL_STYLES, false},
                                          {CELL_STYLES, "xf", CELL_STYLE, false},
                                          {0, NULL, 0, false}};

struct reading {
    struct package *package;
    const char *part;
    struct number_format **of_id; /* [N_IDS] */
    uint16_t *id;                 /* [room] of each style, by which it is found at the end */
    size_t n, room;
    struct arena *keep, *scratch;
};

static bool take_format(struct reading *r, const char **attributes, struct err *err)
{
    uint64_t id;
    const char *text = xml_attribute(attributes, "numFmtId"),
               *code = xml_attribute(attributes, "formatCode");
    if (!text || !code || !xml_count(text, N_IDS - 1, &id))
        return package_wrong(r->package, r->part, text, "is not the number of a number format",
                             "save it again in Excel", err);
    r->of_id[id] = ARENA_NEW(r->keep, struct number_format, 1);
    format_parse(code, r->of_id[id], r->keep);
    return true;
}

static bool take_style(struct reading *r, const char **attributes, struct err *err)
{
    uint64_t id = 0;
    const char *text = xml_attribute(attributes, "numFmtId");
    if ((text && !xml_count(text, N_IDS - 1, &id)) || r->n == MOST_STYLES)
        return package_wrong(r->package, r->part, text, "is not the number of a number format",
                             "save it again in Excel", err);
    if (r->n == r->room) {
        uint16_t *more = ARENA_NEW(r->scratch, uint16_t, r->room = 2 * r->room + 64);
        if (r->n)
            memcpy(more, r->id, r->n * sizeof *more);
        r->id = more;
    }
    r->id[r->n++] = (uint16_t)id;
    return true;
}

static bool on_start(void *context, int place, const char **attributes, struct err *err)
{
    if (place == NUMBER_FORMAT)
        return take_format(context, attributes, err);
    return place != CELL_STYLE || take_style(context, attributes, err);
}

/* A format that the workbook defines comes before the built-in one of its number. */
static const struct number_format *format_of(struct reading *r, uint16_t id)
{
    if (!r->of_id[id]) {
        r->of_id[id] = ARENA_NEW(r->keep, struct number_format, 1);
        format_parse(format_built_in(id), r->of_id[id], r->keep);
    }
    return r->of_id[id];
}

bool styles_read(struct package *p, const char *part, uint64_t limit, struct styles *styles,
                 struct arena *keep, struct err *err)
{
    static const struct xml_reader reader = {
        .what = "styles", .places = places, .namespaces = xml_spreadsheet, .start = on_start};
    struct arena *scratch = arena_new();
    struct reading r = {.package = p,
                        .part = part,
                        .of_id = ARENA_NEW(scratch, struct number_format *, N_IDS),
                        .keep = keep,
                        .scratch = scratch};
    bool done = xml_read(p, part, limit, &reader, &r, scratch, err);
    styles->n = r.n;
    styles->format = ARENA_NEW(keep, const struct number_format *, r.n);
    for (size_t i = 0; done && i < r.n; i++)
        styles->format[i] = format_of(&r, r.id[i]);
    arena_free(scratch);
    return done;
}
