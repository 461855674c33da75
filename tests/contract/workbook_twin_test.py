# SPDX-License-Identifier: GPL-3.0-or-later
"""The workbook as another program reads it: LibreOffice turns each sheet into CSV, and every
table must hold what its CSV twin holds; openpyxl must find no formula and no error."""
import csv
import glob
import math
import os
import shutil
import subprocess
import sys
import tempfile

programs = os.environ["SAYDO_BIN"]
if "asan" in programs:
    print("skipped: the workbook twin is compared in the release build")
    sys.exit(0)
if not shutil.which("soffice"):
    print("skipped: LibreOffice (soffice) is not installed")
    sys.exit(0)

work = tempfile.mkdtemp()
bad = 0


def run(*command, **more):
    return subprocess.run(command, check=True, capture_output=True, text=True, **more)


def rows(path):
    with open(path, newline="", encoding="utf-8") as f:
        return list(csv.reader(f))


def number(text):
    """A share is shown as a percentage."""
    try:
        return float(text[:-1]) / 100 if text.endswith("%") else float(text)
    except ValueError:
        return None


def same(sheet, twin):
    if sheet == twin:
        return True
    a, b = number(sheet), number(twin)
    if a is None or b is None:
        return False
    return math.isclose(a, b, rel_tol=1e-13, abs_tol=1e-300)


def compare(title, sheet, twin):
    """The rows of the twin stand in the sheet below a heading row of the same width."""
    global bad
    start = next((i for i, r in enumerate(sheet)
                  if [c for c in r if c] and len([c for c in r if c]) == len(twin[0])
                  and i > 0), None)
    if start is None:
        print("FAILED: no heading of %d columns in the sheet of %s" % (len(twin[0]), title))
        bad += 1
        return
    for k, row in enumerate(twin[1:]):
        got = sheet[start + 1 + k][:len(row)]
        for j, cell in enumerate(row):
            if not same(got[j], cell):
                print("FAILED: %s, row %d, %s: workbook %r, CSV twin %r"
                      % (title, k + 1, twin[0][j], got[j], cell))
                bad += 1
                return


run(programs + "/saydo-simulate", "--customers=600", "--respondents=300", "--seed=11", "-q",
    "-o", work + "/study")
run(programs + "/saydo-report", work + "/study/study.yml", "-q", "-o", work + "/out",
    "--no-pictures", "--replicates=50", "--x=intent,satisfaction", "--y=retained,spend")
run("soffice", "--headless", "--convert-to",
    "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1",
    "--outdir", work + "/sheets", work + "/out/report.xlsx",
    env={**os.environ, "HOME": work})
sheets = {"matching": "Match", "what_if": "What if", "selection": "Selection",
          "correlations": "Correlations", "homogeneity": "Homogeneity",
          "comparisons": "Comparisons", "contrasts": "Contrasts", "best": "Best metric",
          "details": "Details", "pooled": "Pooled",
          "terms": "Curves", "models": "Models", "predictions": "Predictions",
          "shape": "Shape", "points": "Points", "study": "Study", "scales": "Describe",
          "behaviours": "Behaviours", "reliability": "Reliability",
          "distribution": "Distribution"}
for table, sheet in sheets.items():
    found = glob.glob("%s/sheets/report-%s.csv" % (work, sheet))
    if not found:
        print("FAILED: LibreOffice found no sheet %s" % sheet)
        bad += 1
        continue
    compare(table, rows(found[0]), rows("%s/out/tables/%s.csv" % (work, table)))
print("%d tables compared with their sheets, %d differ" % (len(sheets), bad))
shutil.rmtree(work)
sys.exit(1 if bad else 0)
