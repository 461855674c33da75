# SPDX-License-Identifier: GPL-3.0-or-later
"""The tables of saydo-correlate and saydo-curve against R (scripts/reference/programs.R):
groups with all margins, frequencies, sampling weights, another level of confidence."""
import csv
import io
import os
import subprocess
import sys

root = os.environ.get("SAYDO_ROOT", os.path.join(os.path.dirname(__file__), "../.."))
programs = os.environ.get("SAYDO_BIN", os.path.join(root, "build/release/bin"))
here = os.path.join(root, "tests/reference")

CORRELATE = ["correlate", "--x=intent,satisfaction", "--y=spend,retained", "--by=segment,industry",
             "--method=pearson,spearman,kendall,point_biserial"]
CURVE = ["curve", "--x=intent", "--y=spend,retained", "--by=segment",
         "--curve=linear,quadratic,logarithmic", "--grid=5", "--replicates=19"]
RUNS = {"plain": CORRELATE,
        "level": CORRELATE + ["--conf-level=0.9"],
        "frequency": CORRELATE + ["--frequency=frequency"],
        "weight": CORRELATE + ["--weights=weight"],
        "curve_plain": CURVE,
        "curve_level": CURVE + ["--conf-level=0.9"],
        "curve_frequency": CURVE + ["--frequency=frequency"],
        "curve_weight": CURVE + ["--weights=weight"]}

# Digits, and what is smaller than this counts as 0 (tau2 at its bound, p of 1e-17).
RELATIVE, ABSOLUTE = 1e-9, 1e-14
# metafor's own search for tau2 ends at about 1e-8 of it.
LOOSE = {"tau2": 1e-7, "tau2_low": 1e-7, "tau2_high": 1e-7, "i2": 1e-7, "h2": 1e-7}


def run(name, table):
    program, *options = RUNS[name]
    out = subprocess.run([programs + "/saydo-" + program, here + "/programs_table.csv", "-q",
                          "--format=csv", "--table=" + table, *options],
                         capture_output=True, text=True)
    if out.returncode:
        raise SystemExit("FAILED: %s %s: %s" % (name, table, out.stderr))
    return list(csv.DictReader(io.StringIO(out.stdout)))


def pairs(text):
    return dict(part.split("=") for part in text.split(";"))


def find(rows, key):
    found = [r for r in rows if all(r[c] == v for c, v in pairs(key).items())]
    return found[0] if len(found) == 1 else {}


with open(here + "/programs.csv", newline="") as f:
    expected = list(csv.DictReader(f))
made, counts, failures = {}, {}, []
for e in expected:
    at = e["run"], e["table"]
    if at not in made:
        made[at] = run(*at)
    row = find(made[at], e["key"])
    for column, value in pairs(e["figures"]).items():
        got, want = row.get(column, ""), float(value)
        rel = LOOSE.get(column, 1e-8 if e["table"] == "pooled" else RELATIVE)
        good = got != "" and abs(float(got) - want) <= max(ABSOLUTE, rel * abs(want))
        count = counts.setdefault(at, [0, 0])
        count[0] += good
        count[1] += 1
        if not good:
            failures.append("%s %s %s %s: got %s, want %s" % (*at, e["key"], column, got, value))
for (name, table), (agreed, of) in counts.items():
    print("| %s of %s against R: %d of %d figures agree |" % (table, name, agreed, of))
for failure in failures:
    print("FAILED: " + failure)
sys.exit(1 if failures or sum(of for _, of in counts.values()) < 10000 else 0)
