#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the sample workbook as others would: workbook_check.py FILE, or any
workbook's parts: workbook_check.py --parts FILE.  Status 77: openpyxl is absent.  What is expected is what tests/sample_report.c puts in."""
import re
import sys
import zipfile
from xml.etree import ElementTree

try:
    import openpyxl
except ImportError:
    print("skipped: openpyxl is absent", file=sys.stderr)
    sys.exit(77)

faults = []


def expect(is_true, what):
    if not is_true:
        faults.append(what)


def check_parts(path):
    """Every part is well-formed, and every number a number."""
    with zipfile.ZipFile(path) as z:
        expect(z.testzip() is None, "a damaged zip")
        for name in z.namelist():
            if not name.endswith((".xml", ".rels")):
                continue
            try:
                root = ElementTree.fromstring(z.read(name))
            except ElementTree.ParseError as e:
                faults.append(f"{name}: {e}")
                continue
            for cell in root.iter("{http://schemas.openxmlformats.org/spreadsheetml/2006/main}c"):
                value = cell.find("{http://schemas.openxmlformats.org/spreadsheetml/2006/main}v")
                if value is not None and cell.get("t") is None:
                    expect(re.fullmatch(r"-?\d+(\.\d+)?(E[+-]?\d+)?", value.text),
                           f"{name}: {cell.get('r')} holds {value.text}")
            for item in root.iter():
                if item.tag.endswith("}cNvPr"):
                    expect(item.get("descr"), f"{name}: no alternative text")


def row_of(sheet, text):
    for row in sheet.iter_rows():
        if row[0].value == text:
            return row[0].row
    faults.append(f"{sheet.title}: no row starts with {text}")
    return 1


def check_sheets(book):
    names = book.sheetnames
    expect(names == ["README", "Contents", "Correlations", "Match", "Charts", "Chart data",
                     "Codebook", "Log"], f"sheets are {names}")
    for sheet in book:
        expect(sheet.oddFooter.left.text == "&F", f"{sheet.title}: no file in the footer")
        expect(not sheet.merged_cells.ranges, f"{sheet.title}: merged cells")
        if sheet.title not in ("README", "Contents"):
            expect(sheet["A2"].value == "← back to contents", f"{sheet.title}: no way back")
            expect(sheet["A2"].hyperlink.location == "'Contents'!A1" or
                   sheet["A2"].hyperlink.location == "Contents!A1", f"{sheet.title}: link")
    targets = {row[0].hyperlink.location.split("!")[0].strip("'")
               for row in book["Contents"].iter_rows(min_row=3)}
    expect(targets == set(names) - {"Contents"}, f"Contents links to {targets}")


def check_print(sheet, header, n_rows):
    """One page wide; the header on each page, but where only charts follow; all rows and charts."""
    repeated = None if sheet._charts else header
    expect(sheet.print_title_rows in ((None,) if repeated is None else
                                      (f"{header}:{header}", f"${header}:${header}")),
           f"{sheet.title}: repeats {sheet.print_title_rows}")
    expect(sheet.page_setup.fitToHeight == 0 and sheet.sheet_properties.pageSetUpPr.fitToPage,
           f"{sheet.title}: not one page wide")
    expect(sheet.page_setup.orientation == "landscape", f"{sheet.title}: upright")
    columns, last = re.search(r"\$A\$1:\$([A-Z]+)\$(\d+)", str(sheet.print_area)).groups()
    ends = [c.anchor.to.row + 1 for c in sheet._charts]
    expect(max([header + n_rows] + ends) <= int(last) <= max([header + n_rows] + ends) + 4,
           f"{sheet.title}: {sheet.print_area} are printed")
    expect(openpyxl.utils.column_index_from_string(columns) >= sheet.max_column,
           f"{sheet.title}: columns cut at {columns}")


def check_table(sheet, first, n_rows):
    header = row_of(sheet, first)
    expect(sheet.freeze_panes and int(re.sub(r"\D", "", sheet.freeze_panes)) == header + 1,
           f"{sheet.title}: frozen at {sheet.freeze_panes}")
    check_print(sheet, header, n_rows)
    table = next(iter(sheet.tables.values()))
    last = int(re.findall(r"\d+", table.ref)[1])
    expect(last == header + n_rows, f"{sheet.title}: table is {table.ref}")
    heads = [c.name.casefold() for c in table.tableColumns]
    expect(len(heads) == len(set(heads)), f"{sheet.title}: equal headers")
    for cell in sheet[header]:
        if cell.value:
            expect(cell.font.bold and cell.fill.fgColor.rgb != "00000000", "header without look")
    return header


def check_correlations(sheet):
    header = check_table(sheet, "Segment", 15)
    col = {c.value: c.column for c in sheet[header]}
    expect("segment~2" in col, "equal headers are not told apart")
    cell = lambda k, name: sheet.cell(header + 1 + k, col[name])
    expect(cell(0, "Segment").value == "=cmd|' /C calc'!A0", "hostile text changed")
    for row in sheet.iter_rows(min_row=header + 1):
        expect(row[0].data_type == "s", f"{row[0].coordinate} is {row[0].data_type}")
    expect(cell(4, "Method").value == "broken \ufffd byte", "bytes that are no UTF-8")
    expect(cell(7, "95 % interval, from").value is None, "an infinite number")
    expect(abs(cell(3, "p-value").value - 1e-9) < 1e-15, "a small p-value is cut")
    expect(cell(0, "p-value").number_format == '[<0.001]"<.001";0.000', "format of p")
    expect(cell(0, "Correlation").number_format == "0.000", "format of r")
    expect(cell(0, "Respondents").number_format == "#,##0", "format of counts")
    expect(cell(6, "Correlation").font.italic and not cell(5, "Correlation").font.italic,
           "only the row below min_n is in italics")
    scales = [r for r in sheet.conditional_formatting]
    covered = {c for r in scales for part in str(r.sqref).split() for c in
               [x for rows in sheet[part if ":" in part else f"{part}:{part}"] for x in
                [rows[0].row]]}
    expect(covered == {header + 1 + k for k in range(15) if k != 6}, f"colours on {covered}")
    for r in scales:
        for rule in r.rules:
            expect([v.val for v in rule.colorScale.cfvo] == [-1, 0, 1] and
                   {v.type for v in rule.colorScale.cfvo} == {"num"}, "the scale is not fixed")


def check_customers(sheet):
    header = check_table(sheet, "Customer", 6)
    rows = list(sheet.iter_rows(min_row=header + 1, max_row=header + 6))
    keys = ["00123", "0124", "-7", "@x", "+49 30 1", "12E5"]
    expect([r[0].value for r in rows] == keys, "ids changed")
    expect(all(r[0].data_type == "s" for r in rows), "ids are no texts")
    expect(rows[0][1].value == "1860-06-26", "a day before 1900")
    expect(rows[1][1].is_date and rows[1][1].value.strftime("%Y-%m-%d") == "2019-07-20", "a day")
    expect(rows[1][1].number_format == "yyyy-mm-dd", "format of days")
    expect(sheet.cell(header, 3).value == "Spend (EUR)", "no unit in the header")
    expect(rows[3][2].value is None, "a missing cell")
    expect(rows[1][3].number_format == "0.0%", "format of shares")
    expect([r[4].number_format for r in rows][:3] == ["0.0000000", "0.000000", "0.00000"],
           "significant digits")
    expect(len(sheet._charts) == 1, "the native chart of the funnel")


def check_texts(book):
    book_text = lambda name: "\n".join(str(c.value) for r in book[name].iter_rows() for c in r
                                       if c.value is not None)
    readme, log, codebook = (book_text(n) for n in ("README", "Log", "Codebook"))
    for wanted in ("Repurchase intention 2025", "r = 0.31", "Warnings: 2", "min_match", "saydo 0"):
        expect(wanted in readme, f"README lacks {wanted}")
    for wanted in ("min_n = 30", "below 80 %", "no valid UTF-8", "infinite"):
        expect(wanted in log, f"Log lacks {wanted}")
    for wanted in ("conf_low", "Made up for the tests.", "EUR", "below min_n"):
        expect(wanted in codebook, f"Codebook lacks {wanted}")


def check_sample(path):
    book = openpyxl.load_workbook(path)
    check_sheets(book)
    check_correlations(book["Correlations"])
    check_customers(book["Match"])
    check_texts(book)
    created = book.properties.created.strftime("%Y-%m-%d")
    expect(created == "2020-01-01", f"created {created}")


def main(arguments):
    check_parts(arguments[-1])
    if arguments[0] == "--parts":
        openpyxl.load_workbook(arguments[-1])
    else:
        check_sample(arguments[-1])
    for fault in faults[:10]:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


sys.exit(main(sys.argv[1:]))
