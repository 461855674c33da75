# SPDX-License-Identifier: GPL-3.0-or-later
# Workbooks by two programs for tests/unit/xlsx_reference_test.c; xlsx.R then reads them.
#
#   python3 scripts/reference/xlsx.py tests/reference/xlsx
#
# openpyxl.xlsx    written by openpyxl
# libreoffice.xlsx the same, read and written anew by LibreOffice (soffice)
# system1904.xlsx  its dates count from 1904
# study.xlsx       answers and customers for tests/cli/join/workbook*.sh: those of small.sh there,
#                  with ids 1 to 4, 9 and 26 shown as 0000001 ... and days as Excel's dates
import datetime
import random
import subprocess
import sys

import openpyxl

FORMATS = ["General", "0", "0.00", "#,##0.00", "0%", "0.00%", "0.00E+00", "# ?/?", "@", "0000000",
           "00000-0000", '"K"0000', "yyyy-mm-dd", "dd/mm/yyyy", "m/d/yy h:mm", "[$-409]d\\-mmm\\-yyyy",
           "[Red]#,##0;[Blue]-#,##0", '#,##0.00\\ "EUR"', "[$EUR-407]\\ #,##0", "yyyy-mm-dd hh:mm:ss",
           'd"d" m"m"', "mmm yyyy", "0\\d", '"Day "0', "_-* #,##0.00_-", "[>=1000]0.0,\"k\";0"]
TEXTS = ["plain", " blanks ", "line\nbreak", "_x000D_", "\u00e4\u00f6\u00fc \u20ac", "\u6771\u4eac",
         "\U0001f600", "<&>\"'", "00123", "=no formula", "1e5", "#N/A as text", "x" * 3000, "tab\there"]


def fill(sheet):
    rng = random.Random(20250601)
    numbers = [0, 1, 59, 61, 123, 0.1, 0.1 + 0.2, 1 / 3, 12345678901234, 45717, 45717.25, -12.5,
               123456789, 1e-7, 1.5e10, 99999999999, 2958465]
    for c, code in enumerate(FORMATS, 1):
        sheet.cell(1, c, f"format {c}")
        for r, number in enumerate(numbers, 2):
            cell = sheet.cell(r, c, number)
            cell.number_format = code
    base = len(numbers) + 4
    for i, text in enumerate(TEXTS):
        cell = sheet.cell(base + i, 2 + i % 3, text)
        cell.data_type = "s"
    sheet.cell(base + 20, 1, True)
    sheet.cell(base + 20, 2, False)
    for i in range(200):
        cell = sheet.cell(base + 30 + rng.randrange(60), 1 + rng.randrange(40))
        cell.value = rng.choice([rng.randrange(10**6), round(rng.random() * 1000, 2), rng.random(),
                                 rng.choice(TEXTS[:6]), datetime.datetime(2000, 1, 1) +
                                 datetime.timedelta(seconds=rng.randrange(10**9))])
    sheet.cell(base + 200, 30).number_format = "0.00"


def book(path, epoch=None):
    b = openpyxl.Workbook()
    if epoch:
        b.epoch = epoch
    b.active.title = "values & more"
    fill(b.active)
    hidden = b.create_sheet("hidden")
    hidden["C3"] = "alone"
    hidden.sheet_state = "hidden"
    b.create_sheet("empty")
    b.save(path)


def study(path):
    b = openpyxl.Workbook()
    answers, customers = b.active, b.create_sheet("Customers")
    answers.title = "Answers"
    for c, name in enumerate(["id", "day", "segment", "q1"], 1):
        answers.cell(1, c, name)
    for r, (key, segment, q1) in enumerate([(1, "x", 7), (2, "x", 5), (3, "y", 3), (4, "y", 1),
                                            (26, "y", 4)], 2):
        answers.cell(r, 1, key).number_format = "0000000"
        answers.cell(r, 2, datetime.date(2024, 1, 10)).number_format = "dd/mm/yyyy"
        answers.cell(r, 3, segment)
        answers.cell(r, 4, q1)
    for r, key in enumerate(["id", 1, 2, 3, 4, 9], 1):
        customers.cell(r, 1, key).number_format = "0000000"
    b.save(path)


def main(folder):
    study(f"{folder}/study.xlsx")
    book(f"{folder}/openpyxl.xlsx")
    book(f"{folder}/system1904.xlsx", openpyxl.utils.datetime.MAC_EPOCH)
    subprocess.run(["soffice", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
                    "--outdir", f"{folder}/made", f"{folder}/openpyxl.xlsx"], check=True)
    subprocess.run(["mv", f"{folder}/made/openpyxl.xlsx", f"{folder}/libreoffice.xlsx"], check=True)
    subprocess.run(["rmdir", f"{folder}/made"], check=True)


main(sys.argv[1])
