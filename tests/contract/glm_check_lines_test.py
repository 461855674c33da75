# SPDX-License-Identifier: GPL-3.0-or-later
"""The lines "Check in R" of saydo-glm run as they stand, and print the estimate and the standard
error of the table's first slope."""
import csv
import html
import io
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

program = os.environ["SAYDO_BIN"] + "/saydo-glm"
packages = ["MASS", "pscl", "AER", "ordinal", "lmtest", "sandwich"]
if "asan" in program:
    print("skipped: the lines are checked in the release build")
    sys.exit(0)
ask = "q(status = !all(sapply(c(%s), requireNamespace, quietly = TRUE)))" % ", ".join(
    "'%s'" % p for p in packages)
if not shutil.which("Rscript") or subprocess.run(["Rscript", "-e", ask], capture_output=True).returncode:
    print("skipped: R, or one of its packages " + ", ".join(packages) + ", is not installed")
    sys.exit(0)

CASES = [  # formula, family, further options
    ("spend ~ intent + segment", "gaussian", ["--robust=HC3"]),
    ("retained ~ intent * segment", "binomial", ["--link=probit", "--levels=segment:senior,young"]),
    ("purchases ~ intent", "negative_binomial", []),
    ("purchases ~ intent", "quasipoisson", []),
    ("share ~ intent", "fractional", []),
    ("positive ~ intent", "gamma", ["--link=log"]),
    ("intent ~ purchases", "ordinal", ["--link=probit"]),
    ("answer ~ intent", "ordinal", ["--levels=answer:no,maybe,yes"]),
    ("spend ~ intent", "tobit", []),
    ("purchases ~ intent | segment", "hurdle_poisson", []),
    ("spend ~ intent", "gaussian", ["--by=segment"]),
]
work = tempfile.mkdtemp()
chance = random.Random(7)
with open(work + "/table.csv", "w") as f:
    f.write("segment,intent,retained,purchases,share,spend,positive,answer\n")
    for i in range(300):
        x, old = chance.randint(1, 7), i % 2
        bought = int(chance.random() < 0.25 + 0.08 * x)
        n = bought * (1 + int(chance.expovariate(0.3 + 0.05 * old)))
        amount = chance.gammavariate(2, 20 + 3 * x)
        f.write("%s,%d,%d,%d,%.3f,%.2f,%.2f,%s\n" % (
            ["young", "senior"][old], x, bought, n, chance.betavariate(1 + x / 4, 2), bought * amount,
            amount, ["no", "maybe", "yes"][min(2, max(0, int(chance.gauss(x / 2.5, 1))))]))


def line(path):
    """The check line of the sheet Regression, which may stand on several rows."""
    book = zipfile.ZipFile(path)
    texts = [html.unescape(t) for t in
             re.findall(r"<t[^>]*>([^<]*)</t>", book.read("xl/sharedStrings.xml").decode())]
    start = next(i for i, t in enumerate(texts) if t.startswith("Check in R: "))
    end = start
    while texts[end + 1] not in ("Do", "segment", "Segment"):
        end += 1
    return " ".join(texts[start:end + 1])[len("Check in R: "):]


def check(formula, family, options):
    command = [program, "table.csv", "--formula=" + formula, "--family=" + family, "--folds=0", "-q"]
    run = dict(cwd=work, check=True, capture_output=True, text=True)
    subprocess.run(command + options + ["-o", "book.xlsx"], **run)
    said = subprocess.run(command + options + ["--table=terms", "--format=csv"], **run).stdout
    slope = formula.split("~")[1].split()[0]
    row = next(r for r in csv.DictReader(io.StringIO(said)) if r["term"] == slope)
    code = line(work + "/book.xlsx")
    printed = subprocess.run(["Rscript", "-e", "options(digits = 12); print({%s})" % code], cwd=work,
                             capture_output=True, text=True)
    found = re.search(r"^%s +(\S+) +(\S+)" % slope, printed.stdout, re.M)
    good = found and all(abs(float(found[i]) - float(row[c])) <= 2e-4 * abs(float(row[c]))
                         for i, c in ((1, "estimate"), (2, "std_error")))
    if not good:
        print("%s, %s %s: %s\n%s%s" % (formula, family, options, code, printed.stdout, printed.stderr))
    return good


good = [check(*case) for case in CASES]
shutil.rmtree(work)
print("%d passed, %d failed" % (sum(map(bool, good)), len(good) - sum(map(bool, good))))
sys.exit(not all(good))
