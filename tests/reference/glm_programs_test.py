# SPDX-License-Identifier: GPL-3.0-or-later
"""The tables of saydo-glm against R (scripts/reference/glm_programs.R): formulas, families and links,
errors, weights, clusters, groups.  The options of each run stand in glm_programs_runs.csv."""
import csv
import io
import os
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

root = os.environ.get("SAYDO_ROOT", os.path.join(os.path.dirname(__file__), "../.."))
programs = os.environ.get("SAYDO_BIN", os.path.join(root, "build/release/bin"))
here = os.path.join(root, "tests/reference")

# Digits, and what is smaller than this counts as 0.
RELATIVE, ABSOLUTE = 1e-8, 1e-12


def read(name):
    with open(os.path.join(here, name), newline="") as f:
        return list(csv.DictReader(f))


def run(at):
    name, table = at
    out = subprocess.run([programs + "/saydo-glm", here + "/glm_programs_table.csv", "-q",
                          "--format=csv", "--table=" + table, "--threads=1",
                          *shlex.split(options[name])], capture_output=True, text=True)
    if out.returncode:
        return "%s %s: %s" % (name, table, out.stderr)
    return list(csv.DictReader(io.StringIO(out.stdout)))


def pairs(text):
    return dict(part.split("=", 1) for part in text.split(";")) if text else {}


def find(rows, key):
    found = [r for r in rows if all(r.get(c) == v for c, v in pairs(key).items())]
    return found[0] if len(found) == 1 else {}


options = {r["run"]: r["options"] for r in read("glm_programs_runs.csv")}
expected = read("glm_programs.csv")
wanted = list(dict.fromkeys((e["run"], e["table"]) for e in expected))
with ThreadPoolExecutor(2) as pool:
    made = dict(zip(wanted, pool.map(run, wanted)))
counts, failures, worst = {}, [m for m in made.values() if isinstance(m, str)], 0
for e in expected:
    at = e["run"], e["table"]
    if isinstance(made[at], str):
        continue
    row = find(made[at], e["key"])
    for column, value in pairs(e["figures"]).items():
        got, want = row.get(column, ""), float(value)
        off = abs(float(got) - want) if got != "" else float("inf")
        good = off <= max(ABSOLUTE, RELATIVE * abs(want))
        worst = max(worst, off / abs(want)) if good and abs(want) > 1e-6 else worst
        count = counts.setdefault(e["table"], [0, 0])
        count[0] += good
        count[1] += 1
        if not good:
            failures.append("%s %s %s %s: got %s, want %s" % (*at, e["key"], column, got, value))
for table, (agreed, of) in counts.items():
    print("| %s of %d regressions against R: %d of %d figures agree |"
          % (table, len(options), agreed, of))
if "--verbose" in sys.argv:
    print("worst relative difference %.1e" % worst)
for failure in failures:
    print("FAILED: " + failure)
sys.exit(1 if failures or sum(of for _, of in counts.values()) < 6000 else 0)
