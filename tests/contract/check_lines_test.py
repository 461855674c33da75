# SPDX-License-Identifier: GPL-3.0-or-later
"""The lines "Check in R" of the correlation sheets run as they stand, beside the CSV twins, and
print what the first row of their table holds."""
import csv
import functools
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

try:
    import openpyxl
except ImportError:
    if sys.executable != "/usr/bin/python3" and os.path.exists("/usr/bin/python3"):
        os.execv("/usr/bin/python3", ["/usr/bin/python3", __file__])
    print("skipped: openpyxl is not installed")
    sys.exit(0)

programs = os.environ["SAYDO_BIN"]
if "asan" in programs:
    print("skipped: the lines are checked in the release build")
    sys.exit(0)
work = tempfile.mkdtemp()
bad = 0

chance = random.Random(20250601)
with open(work + "/table.csv", "w") as f:
    f.write("segment,intent,satisfaction,spend\n")
    for i in range(120):
        level = "ABC"[i % 3]
        x = chance.randint(1, 7)
        f.write("%s,%d,%d,%.2f\n" % (level, x, min(7, max(1, x + chance.randint(-2, 2))),
                                     50 + 8 * x * (i % 3) + chance.gauss(0, 30)))

subprocess.run([programs + "/saydo-report", "table.csv", "--x=intent,satisfaction", "--y=spend",
                "--by=segment", "--replicates=19", "--no-pictures", "-q", "-o", "out/"],
               cwd=work, check=True, stdout=subprocess.DEVNULL)
book = openpyxl.load_workbook(work + "/out/report.xlsx")


def line(sheet):
    texts = [str(r[0]) for r in book[sheet].iter_rows(max_row=14, values_only=True) if r[0]]
    start = next(i for i, t in enumerate(texts) if t.startswith("Check in R: "))
    end = next(i for i, t in enumerate(texts) if t.startswith("Check in SPSS: "))
    return " ".join(texts[start:end])[len("Check in R: "):]


row_wanted = 0


def wanted_row(table):
    with open(work + "/out/tables/%s.csv" % table, newline="") as f:
        return list(csv.DictReader(f))[row_wanted]


@functools.lru_cache(maxsize=None)
def printed_by(command, case):
    """The numbers that R prints; `case` tells runs of other data apart."""
    run = subprocess.run(["Rscript", "-e", command], capture_output=True, text=True,
                         cwd=work + "/out")
    return re.findall(r"-?\d+\.\d+(?:e-?\d+)?", run.stdout), run.stdout + run.stderr


@functools.lru_cache(maxsize=None)
def has(package):
    return subprocess.run(["Rscript", "-e", "library(%s)" % package],
                          capture_output=True).returncode == 0


def expect(sheet, table, package, *columns):
    """R prints the figures of these columns, to the digits that it shows."""
    global bad
    command = line(sheet)
    if "..." in command:
        print("FAILED: %s: a reader has to complete: %s" % (sheet, command))
        bad += 1
    if not shutil.which("Rscript"):
        print("skipped: R is not installed")
        return
    if package and not has(package):
        print("skipped: R has no %s" % package)
        return
    shutil.copy(work + "/table.csv", work + "/out/table.csv")
    numbers, said = printed_by(command, id(book))
    printed = [float(n) for n in numbers]
    row = wanted_row(table)
    for column in columns:
        value = float(row[column])
        if not any(abs(value - p) <= 0.006 * max(abs(value), 0.01) for p in printed):
            print("FAILED: %s: R does not print %s %s\n%s\n%s"
                  % (sheet, column, row[column], command, said))
            bad += 1


expect("Correlations", "correlations", None, "estimate", "conf_low", "conf_high", "statistic")
expect("Details", "details", None, "p_holm", "p_bh")
expect("Homogeneity", "homogeneity", "metafor", "estimate", "conf_low", "conf_high", "q")
expect("Pooled", "pooled", "metafor", "estimate", "conf_low", "conf_high", "pred_low", "q")
expect("Comparisons", "comparisons", "psych", "statistic")
expect("Contrasts", "contrasts", None, "statistic", "p_value")

# The other coefficients, each of which has a line of its own, and the partial ones.
with open(work + "/table.csv") as f:
    lines = f.read().split()
with open(work + "/table.csv", "w") as f:
    f.write(lines[0] + ",again\n")
    for text in lines[1:]:
        f.write("%s,%d\n" % (text, float(text.split(",")[3]) > 75))
for y, methods, partial in (
        ("spend", "spearman,kendall_a,kendall_c,gamma,somers_d,eta_squared,distance",
         ("partial", "semipartial")),
        ("again", "kendall,biserial,rank_biserial", ("partial",))):
    shutil.rmtree(work + "/out")
    subprocess.run([programs + "/saydo-correlate", "table.csv", "--x=intent", "--y=" + y,
                    "--method=" + methods, "--control=satisfaction", "--permutations=19",
                    "--no-pictures", "-q", "-o", "out/"],
                   cwd=work, check=True, stdout=subprocess.DEVNULL)
    books = [n for n in os.listdir(work + "/out") if n.endswith(".xlsx")]
    book = openpyxl.load_workbook(os.path.join(work, "out", books[0]))
    for n in range(len(methods.split(","))):
        row_wanted = n
        expect("Correlations", "correlations", None if n else "energy", "estimate")
    row_wanted = 0
    expect("Partial", "partial", None, *partial)

# Few rows without ties: the p-values are exact, in R too.
with open(work + "/table.csv", "w") as f:
    f.write("x,y\n1,2\n2,1\n3,4\n4,3\n5,7\n6,5\n7,6\n8,9\n9,8.5\n")
shutil.rmtree(work + "/out")
subprocess.run([programs + "/saydo-correlate", "table.csv", "--x=x", "--y=y",
                "--method=spearman,kendall", "--no-pictures", "-q", "-o", "out/"],
               cwd=work, check=True, stdout=subprocess.DEVNULL)
book = openpyxl.load_workbook(work + "/out/report.xlsx")
for row_wanted in 0, 1:
    expect("Correlations", "correlations", None, "p_value")
shutil.rmtree(work)
sys.exit(1 if bad else 0)
