/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "io/xlsx/internal.h"
#include "io/xlsx/relations.h"
#include "io/xlsx/xml.h"

enum { WORKBOOK = 1, PROPERTIES, SHEETS, SHEET, MOST_SHEETS = 100000 };

static const struct xml_place places[] = {{XML_TOP, "workbook", WORKBOOK, false},
                                          {WORKBOOK, "workbookPr", PROPERTIES, false},
                                          {WORKBOOK, "sheets", SHEETS, false},
                                          {SHEETS, "sheet", SHEET, false},
                                          {0, NULL, 0, false}};

struct reading {
    struct xlsx *book;
    const char *part;
    struct relations relations;
    size_t room;
};

/* ---- the list of sheets ---- */

/* r:id, whatever the prefix: the namespace is one of two. */
static const char *relation_id(const char **attributes)
{
    static const char end[] = "/relationships\nid";
    for (; *attributes; attributes += 2) {
        size_t n = strlen(*attributes);
        if (n >= sizeof end - 1 && strcmp(*attributes + n - (sizeof end - 1), end) == 0)
            return attributes[1];
    }
    return NULL;
}

static enum xlsx_visibility visibility(const char *state)
{
    if (state && strcmp(state, "veryHidden") == 0)
        return XLSX_VERY_HIDDEN;
    return state && strcmp(state, "hidden") == 0 ? XLSX_HIDDEN : XLSX_VISIBLE;
}

static void add_sheet(struct reading *r, const char *name, const char *state, const char *part)
{
    struct xlsx *book = r->book;
    if (book->n_sheets == r->room) {
        r->room = 2 * r->room + 8;
        struct xlsx_sheet *more = ARENA_NEW(book->keep, struct xlsx_sheet, r->room);
        if (book->n_sheets)
            memcpy(more, book->sheet, book->n_sheets * sizeof *more);
        book->sheet = more;
    }
    char *own = arena_strdup(book->keep, name);
    xml_unescape(own, strlen(own));
    book->sheet[book->n_sheets++] =
        (struct xlsx_sheet){.name = own, .visibility = visibility(state), .part = part};
}

static bool take_sheet(struct reading *r, const char **attributes, struct err *err)
{
    const char *name = xml_attribute(attributes, "name"), *id = relation_id(attributes);
    const struct relation *to = id ? relation_of_id(&r->relations, id) : NULL;
    if (!name || !to || r->book->n_sheets == MOST_SHEETS)
        return package_wrong(r->book->package, r->part, name,
                             "is a sheet that cannot be found in the file",
                             "save it again in Excel", err);
    if (strcmp(to->type, "worksheet") == 0)
        add_sheet(r, name, xml_attribute(attributes, "state"), to->part);
    return true;
}

static bool on_start(void *context, int place, const char **attributes, struct err *err)
{
    struct reading *r = context;
    if (place == PROPERTIES)
        r->book->is_1904 = xml_flag(attributes, "date1904");
    return place != SHEET || take_sheet(r, attributes, err);
}

/* ---- what kind of package it is ---- */

/* The content of the part "mimetype" (OpenDocument), "" where there is none. */
static bool mime_type(struct package *p, char text[64], struct err *err)
{
    size_t n = 0, got = 1;
    text[0] = '\0';
    if (!package_has(p, "mimetype"))
        return true;
    struct part *part = part_open(p, "mimetype", 4096, err);
    while (part && got > 0 && n < 63 && part_read(part, text + n, 63 - n, &got, err))
        n += got;
    text[n] = '\0';
    part_close(part);
    return err->code == ERR_NONE;
}

static bool refuse_package(struct package *p, const char *part, struct err *err)
{
    char mime[64];
    if (!mime_type(p, mime, err))
        return false;
    if (strstr(mime, "opendocument.spreadsheet"))
        return package_wrong(
            p, NULL, NULL, "is a spreadsheet of LibreOffice (.ods), which is not read",
            "save it as .xlsx, or run: soffice --headless --convert-to xlsx FILE", err);
    if (part && strlen(part) > 4 && strcmp(part + strlen(part) - 4, ".bin") == 0)
        return package_wrong(p, NULL, NULL, "is a binary workbook (.xlsb), which is not read",
                             "save it as .xlsx, or run: soffice --headless --convert-to xlsx FILE",
                             err);
    return package_wrong(p, NULL, NULL, "is a zip file, but no Excel workbook (.xlsx)",
                         "name the workbook itself; a zipped one is unpacked first", err);
}

/* The part of the workbook, NULL on error. */
static const char *part_of_book(struct package *p, struct arena *keep, struct err *err)
{
    struct relations relations;
    if (!relations_read(p, "", &relations, keep, err))
        return NULL;
    const struct relation *to = relation_of_type(&relations, "officeDocument");
    const char *part = to ? to->part : NULL;
    if (!part || !package_has(p, part) || strncmp(part, "word/", 5) == 0 ||
        strcmp(part + strlen(part) - (strlen(part) < 4 ? 0 : 4), ".xml") != 0) {
        refuse_package(p, part, err);
        return NULL;
    }
    return part;
}

/* ---- opening ---- */

static struct xlsx_limits filled_in(const struct xlsx_limits *asked)
{
    const struct xlsx_limits none = {0}, *l = asked ? asked : &none;
    return (struct xlsx_limits){.sheet_bytes = l->sheet_bytes ? l->sheet_bytes : (uint64_t)8 << 30,
                                .strings_bytes =
                                    l->strings_bytes ? l->strings_bytes : (uint64_t)1 << 30,
                                .other_bytes = l->other_bytes ? l->other_bytes : (uint64_t)64 << 20,
                                .ratio = l->ratio ? l->ratio : 400,
                                .ratio_from = l->ratio_from ? l->ratio_from : (uint64_t)64 << 20,
                                .strings = l->strings ? l->strings : (uint64_t)32 << 20};
}

static bool read_book(struct xlsx *book, struct arena *scratch, struct err *err)
{
    static const struct xml_reader reader = {
        .what = "a workbook", .places = places, .namespaces = xml_spreadsheet, .start = on_start};
    struct package *p = book->package;
    struct reading r = {.book = book, .part = part_of_book(p, book->keep, err)};
    if (!r.part || !relations_read(p, r.part, &r.relations, book->keep, err) ||
        !xml_read(p, r.part, book->limits.other_bytes, &reader, &r, scratch, err))
        return false;
    if (book->n_sheets == 0)
        return package_wrong(p, NULL, NULL, "has no worksheet",
                             "copy the data to a worksheet and save it again", err);
    const struct relation *strings = relation_of_type(&r.relations, "sharedStrings"),
                          *styles = relation_of_type(&r.relations, "styles");
    book->strings_part = strings ? strings->part : NULL;
    return !styles ||
           styles_read(p, styles->part, book->limits.other_bytes, &book->styles, book->keep, err);
}

static struct xlsx *open_package(struct package *p, const struct xlsx_limits *limits,
                                 struct arena *keep, struct err *err)
{
    if (!p)
        return NULL;
    struct xlsx *book = ARENA_NEW(keep, struct xlsx, 1);
    *book = (struct xlsx){.package = p, .limits = *limits, .keep = keep};
    struct arena *scratch = arena_new();
    bool done = read_book(book, scratch, err);
    arena_free(scratch);
    if (done)
        return book;
    xlsx_close(book);
    return NULL;
}

struct xlsx *xlsx_open(const char *path, const struct xlsx_limits *limits, struct arena *keep,
                       struct err *err)
{
    const struct xlsx_limits all = filled_in(limits);
    return open_package(package_open(path, &all, keep, err), &all, keep, err);
}

struct xlsx *xlsx_open_bytes(const char *name, const void *bytes, size_t n,
                             const struct xlsx_limits *limits, struct arena *keep, struct err *err)
{
    const struct xlsx_limits all = filled_in(limits);
    return open_package(package_open_bytes(name, bytes, n, &all, keep, err), &all, keep, err);
}

void xlsx_close(struct xlsx *book)
{
    if (book)
        package_close(book->package);
}

const char *xlsx_name(const struct xlsx *book)
{
    return package_name(book->package);
}

size_t xlsx_n_sheets(const struct xlsx *book)
{
    return book->n_sheets;
}

const struct xlsx_sheet *xlsx_sheets(const struct xlsx *book)
{
    return book->sheet;
}

bool xlsx_is_1904(const struct xlsx *book)
{
    return book->is_1904;
}

const char *xlsx_type_word(enum xlsx_type type)
{
    static const char *const words[] = {
#define X(code, word) word,
        XLSX_TYPE_LIST(X)
#undef X
    };
    return words[type];
}

const char *xlsx_reference(uint32_t row, uint32_t column, char buffer[16])
{
    char letters[8];
    size_t at = sizeof letters - 1;
    letters[at] = '\0';
    for (uint32_t c = column; c > 0; c = (c - 1) / 26)
        letters[--at] = (char)('A' + (c - 1) % 26);
    snprintf(buffer, 16, "%s%u", letters + at, row);
    return buffer;
}

const char *xlsx_place(const struct xlsx *book, size_t sheet, uint32_t row, uint32_t column,
                       struct arena *keep)
{
    char buffer[16];
    return arena_printf(keep, "%s!%s", book->sheet[sheet].name,
                        xlsx_reference(row, column, buffer));
}
