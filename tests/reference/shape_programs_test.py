# SPDX-License-Identifier: GPL-3.0-or-later
"""The tables tests and shared of saydo-curve against R (scripts/reference/shape_tests.R), and
what does not change them: threads, the order of the rows."""
import csv
import io
import os
import random
import subprocess
import sys
import tempfile

root = os.environ.get("SAYDO_ROOT", os.path.join(os.path.dirname(__file__), "../.."))
programs = os.environ.get("SAYDO_BIN", os.path.join(root, "build/release/bin"))
here = os.path.join(root, "tests/reference")
failures, agreed = [], 0

with open(here + "/shape_tests_data.csv", newline="") as f:
    data = list(csv.DictReader(f))
with open(here + "/shape_tests.csv", newline="") as f:
    expected = list(csv.DictReader(f))


def run(rows, table, *options):
    with tempfile.TemporaryDirectory() as folder:
        path = folder + "/t.csv"
        with open(path, "w", newline="") as f:
            out = csv.DictWriter(f, data[0].keys())
            out.writeheader()
            out.writerows(rows)
        done = subprocess.run([programs + "/saydo-curve", path, "-q", "--x=x", "--y=y",
                               "--format=csv", "--table=" + table, *options],
                              capture_output=True, text=True)
    if done.returncode:
        raise SystemExit("FAILED: %s %s: %s" % (table, options, done.stderr))
    return done.stdout


def table(text):
    return list(csv.DictReader(io.StringIO(text)))


def compare(what, row, column, want, rel):
    global agreed
    got, want = row[column], float(want)
    if want != want:
        good = got == ""
    else:
        good = got != "" and abs(float(got) - want) <= max(1e-200, rel * abs(want))
    agreed += good
    if not good:
        failures.append("%s: got %s, want %s" % (what, got, want))


def of_set(name):
    return [r for r in data if r["set"] == name]


# What stands where in the table: quantity of R -> test, column.
KNOT = {"sup_f": ("knot_sup_f", "statistic"), "estimate": ("knot_sup_f", "estimate"),
        "conf_low": ("knot_sup_f", "conf_low"), "conf_high": ("knot_sup_f", "conf_high"),
        "davies": ("knot_davies", "statistic"), "davies_p_value": ("knot_davies", "p_value")}
LINES = {"estimate": ("two_lines", "estimate"), "p_value": ("two_lines", "p_value"),
         "slope_low": ("two_lines_low", "estimate"), "std_error_low": ("two_lines_low", "std_error"),
         "slope_high": ("two_lines_high", "estimate"),
         "std_error_high": ("two_lines_high", "std_error")}
OPTIONS = {"counted": ["--frequency=w"], "weighted": ["--weights=w"]}

for name in ["turn", "knot", "many", "line", "counted", "weighted", "grouped"]:
    rows = {r["test"]: r for r in table(run(of_set(name), "tests", "--curve=linear",
                                            "--replicates=19", *OPTIONS.get(name, [])))}
    for e in expected:
        if e["set"] != name:
            continue
        test, column = e["test"], e["quantity"]
        if test == "knot":
            test, column = KNOT.get(column, (None, None))
        elif test == "two_lines":
            test, column = LINES[column]
        if test in rows:
            rel = 3e-7 if test.startswith("knot") else 1e-8
            compare("%s %s %s" % (name, test, column), rows[test], column, e["value"], rel)

SHARED = {"deviance_shared": ("f", "deviance_shared"),
          "deviance_separate": ("f", "deviance_separate"), "f": ("f", "statistic"),
          "f_p_value": ("f", "p_value"), "df1": ("f", "df1"), "df2": ("f", "df2"),
          "wald": ("wald", "statistic"), "wald_p_value": ("wald", "p_value")}
for name in ["grouped", "puromycin"]:
    rows = {(r["curve"], r["method"]): r
            for r in table(run(of_set(name), "shared", "--by=group", "--replicates=0",
                               "--curve=linear,power,michaelis_menten"))}
    for e in expected:
        if e["set"] == name and e["quantity"] in SHARED and e["test"] in ("linear", "power",
                                                                        "michaelis_menten"):
            method, column = SHARED[e["quantity"]]
            compare("%s %s" % (name, e["quantity"]), rows[e["test"], method], column, e["value"],
                    1e-8)

# Threads and the order of the rows
shuffled = of_set("grouped")
random.Random(4).shuffle(shuffled)
how = ["--by=group", "--curve=linear,cubic,hinge", "--replicates=99", "--customer=x"]
for name in ["tests", "shared", "validation"]:
    first = run(of_set("grouped"), name, *how, "--threads=1")
    if first != run(of_set("grouped"), name, *how, "--threads=2"):
        failures.append("%s: other bytes with two threads" % name)
    for a, b in zip(table(first), table(run(shuffled, name, *how))):
        for column in a:
            try:
                same = abs(float(a[column]) - float(b[column])) <= 1e-6 * abs(float(a[column]))
            except ValueError:
                same = a[column] == b[column]
            if not same:
                failures.append("%s %s: %s, in another order %s" % (name, column, a[column],
                                                                    b[column]))

# All rows of a customer fall into one fold: with two customers there are at most two.
folds = {r["folds"] for r in table(run(of_set("grouped"), "validation", "--customer=group",
                                       "--curve=linear"))}
if not folds <= {"1", "2", "3"}:
    failures.append("folds of three customers: %s" % folds)

print("| tests and shared of saydo-curve against R: %d figures agree |" % agreed)
for failure in failures:
    print("FAILED: " + failure)
sys.exit(1 if failures or agreed < 120 else 0)
