# SPDX-License-Identifier: GPL-3.0-or-later
"""A double that goes in comes out: the smallest and the largest value of groups of one
respondent, read from CSV and from JSON, are the numbers of the table, in the shortest
text that reads back equal; minus zero is 0; an absent figure is empty, null."""
import csv
import io
import json
import os
import random
import struct
import subprocess
import sys
import tempfile

root = os.environ.get("SAYDO_ROOT", os.path.join(os.path.dirname(__file__), "../.."))
programs = os.environ.get("SAYDO_BIN", os.path.join(root, "build/release/bin"))
work = tempfile.TemporaryDirectory()


def doubles(n):
    """Doubles of all sizes, and those that are hard to write."""
    hard = [0.0, -0.0, 5e-324, -5e-324, 2.2250738585072014e-308, 2.225073858507201e-308,
            1.7976931348623157e308, 0.1, 0.3, 1 / 3, 2 / 3, 1e21, 1e22, 1e23, 9007199254740993.0,
            9007199254740991.0, 123456789012345680.0, 5e-5, 1e-5, 1e15, 1e16, 1e17,
            9.5367431640625e-07, 4.35, 2.5, 1e100, 0.1 + 0.2]
    random.seed(7)
    while len(hard) < n:
        bits = random.getrandbits(64)
        x = struct.unpack("<d", struct.pack("<Q", bits))[0]
        if x == x and abs(x) != float("inf"):
            hard.append(x)
        hard.append(round(random.gauss(0, 1000), random.randrange(9)))
    return hard


def digits(text):
    """How many characters of the number are digits of its significand."""
    return len(text.lower().split("e")[0].replace(".", "").lstrip("+-0").rstrip("0"))


values = doubles(1200)
table = os.path.join(work.name, "table.csv")
with open(table, "w") as f:
    f.write("x,y,g\n" + "".join("1,%r,g%04d\n" % (v, i) for i, v in enumerate(values)))


def run(form):
    out = subprocess.run([programs + "/saydo-describe", table, "-q", "--x=x", "--y=y", "--by=g",
                          "--table=behaviours", "--format=" + form], capture_output=True, text=True,
                         check=True)
    return out.stdout


failures = []
rows = {r["g"]: r for r in csv.DictReader(io.StringIO(run("csv")))}
parsed = {r["g"]: r for r in json.loads(run("json"))["tables"]["behaviours"]["rows"]}
for i, v in enumerate(values):
    r, j = rows["g%04d" % i], parsed["g%04d" % i]
    for column in ("min", "max", "median"):
        text = r[column]
        if float(text) != v or float(j[column]) != v:
            failures.append("%r became %s, %r" % (v, text, j[column]))
        if digits(text) > digits(repr(v)):
            failures.append("%r is not short: %s" % (v, text))
        if v == 0 and text != "0":
            failures.append("zero is written %s" % text)
    if r["sd"] != "" or j["sd"] is not None:
        failures.append("a spread of one respondent: %s, %r" % (r["sd"], j["sd"]))
print("\n".join("FAILED: " + f for f in failures[:20]) or
      "%d doubles read back equal, from CSV and JSON" % len(values))
sys.exit(1 if failures else 0)
