/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/xlsx_case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <zip.h>

#include "tests/check.h"

#define RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/relationships"

/* Styles 0 to 12, as the tests name them. */
static const char styles[] =
    "<styleSheet xmlns=\"" XLSX_MAIN "\"><numFmts count=\"9\">"
    "<numFmt numFmtId=\"164\" formatCode=\"0000000\"/>"
    "<numFmt numFmtId=\"165\" formatCode=\"00000-0000\"/>"
    "<numFmt numFmtId=\"166\" formatCode=\"&quot;K&quot;0000\"/>"
    "<numFmt numFmtId=\"167\" formatCode=\"dd/mm/yyyy\\ hh:mm\"/>"
    "<numFmt numFmtId=\"168\" formatCode=\"[h]:mm\"/>"
    "<numFmt numFmtId=\"169\" formatCode=\"#,##0.00\\ &quot;EUR&quot;\"/>"
    "</numFmts><cellXfs count=\"13\"><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/>"
    "<xf numFmtId=\"165\"/><xf numFmtId=\"166\"/><xf numFmtId=\"14\"/><xf numFmtId=\"167\"/>"
    "<xf numFmtId=\"168\"/><xf numFmtId=\"169\"/><xf numFmtId=\"49\" quotePrefix=\"1\"/>"
    "<xf numFmtId=\"9\"/><xf numFmtId=\"21\"/><xf numFmtId=\"30\"/><xf numFmtId=\"57\"/>"
    "</cellXfs><dxfs><dxf><numFmt numFmtId=\"164\" formatCode=\"0.00\"/></dxf></dxfs>"
    "</styleSheet>";

static const struct xlsx_part usual[] = {
    {"[Content_Types].xml", "<Types/>", 0},
    {"_rels/.rels",
     "<Relationships xmlns=\"" PACKAGE "\"><Relationship Id=\"rId1\" Type=\"" RELATIONS
     "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
     0},
    {XLSX_WORKBOOK,
     "<workbook xmlns=\"" XLSX_MAIN "\" xmlns:r=\"" RELATIONS "\"><sheets>"
     "<sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
     0},
    {"xl/_rels/workbook.xml.rels",
     "<Relationships xmlns=\"" PACKAGE "\"><Relationship Id=\"rId1\" Type=\"" RELATIONS
     "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"" RELATIONS
     "/styles\" Target=\"styles.xml\"/><Relationship Id=\"rId3\" Type=\"" RELATIONS
     "/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>",
     0},
    {XLSX_STYLES, styles, sizeof styles - 1},
    {XLSX_SHEET, "<worksheet xmlns=\"" XLSX_MAIN "\"/>", 0}};
enum { N_USUAL = sizeof usual / sizeof *usual, MOST = 32 };

/* ---- zip ---- */

static void add(zip_t *zip, const struct xlsx_part *p)
{
    const size_t size = p->size ? p->size : strlen(p->text);
    zip_source_t *part = zip_source_buffer(zip, p->text, size, 0);
    assert_non_null(part);
    zip_int64_t index = zip_file_add(zip, p->name, part, ZIP_FL_ENC_UTF_8);
    assert_true(index >= 0);
}

static const void *bytes_of(zip_source_t *source, size_t *size, struct arena *keep)
{
    zip_stat_t stat;
    assert_int_equal(zip_source_stat(source, &stat), 0);
    char *bytes = arena_alloc(keep, stat.size, 1);
    assert_int_equal(zip_source_open(source), 0);
    assert_int_equal(zip_source_read(source, bytes, stat.size), stat.size);
    zip_source_close(source);
    zip_source_free(source);
    *size = stat.size;
    return bytes;
}

const void *xlsx_case_zip(const struct xlsx_part *parts, size_t n, size_t *size, struct arena *keep)
{
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, NULL);
    assert_non_null(zip);
    zip_source_keep(source);
    for (size_t i = 0; i < n; i++)
        if (parts[i].text)
            add(zip, &parts[i]);
    assert_int_equal(zip_close(zip), 0);
    return bytes_of(source, size, keep);
}

const void *xlsx_case(const struct xlsx_part *parts, size_t n, size_t *size, struct arena *keep)
{
    struct xlsx_part all[MOST];
    size_t n_all = N_USUAL;
    memcpy(all, usual, sizeof usual);
    for (size_t i = 0; i < n; i++) {
        size_t j = 0;
        while (j < N_USUAL && strcmp(usual[j].name, parts[i].name) != 0)
            j++;
        assert_true(n_all < MOST);
        all[j < N_USUAL ? j : n_all++] = parts[i];
    }
    return xlsx_case_zip(all, n_all, size, keep);
}

/* ---- what is read ---- */

static void write_sheet(FILE *out, struct xlsx *book, size_t sheet, struct err *err)
{
    char at[16];
    const struct xlsx_row *row;
    struct xlsx_rows *rows = xlsx_rows_open(book, sheet, err);
    while (rows && xlsx_rows_next(rows, &row, err))
        for (size_t i = 0; i < row->n; i++) {
            const struct xlsx_cell *c = &row->cells[i];
            assert_int_equal(strlen(c->text), c->length);
            fprintf(out, "%s|%s|%s\n", xlsx_reference(row->row, c->column, at),
                    xlsx_type_word(c->type), c->text);
        }
    xlsx_rows_close(rows);
}

const char *xlsx_case_cells(const void *bytes, size_t size, const struct xlsx_limits *limits,
                            struct arena *keep)
{
    char *text = NULL;
    size_t length = 0;
    struct err err = {0};
    FILE *out = open_memstream(&text, &length);
    struct xlsx *book = xlsx_open_bytes("b.xlsx", bytes, size, limits, keep, &err);
    for (size_t i = 0; book && err.code == ERR_NONE && i < xlsx_n_sheets(book); i++)
        write_sheet(out, book, i, &err);
    assert_true(book || err.code != ERR_NONE);
    if (err.code != ERR_NONE)
        fprintf(out, "! %s\n", err.message);
    xlsx_close(book);
    fclose(out);
    const char *copy = arena_strdup(keep, text);
    free(text);
    return copy;
}

const char *xlsx_case_sheet(const char *inside, struct arena *keep)
{
    return arena_printf(keep, "<worksheet xmlns=\"" XLSX_MAIN "\">%s</worksheet>", inside);
}

const char *xlsx_case_rows(const char *rows, struct arena *keep)
{
    size_t size;
    const struct xlsx_part sheet = {
        XLSX_SHEET, xlsx_case_sheet(arena_printf(keep, "<sheetData>%s</sheetData>", rows), keep),
        0};
    const void *bytes = xlsx_case(&sheet, 1, &size, keep);
    return xlsx_case_cells(bytes, size, NULL, keep);
}
