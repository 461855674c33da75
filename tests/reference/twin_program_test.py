# SPDX-License-Identifier: GPL-3.0-or-later
"""The tables twin and curvature of saydo-glm against R (scripts/reference/twin.R), and what does
not change them: rows that only one outcome has, the order of the rows, centring."""
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

with open(here + "/twin_data.csv", newline="") as f:
    data = list(csv.DictReader(f))
expected = {}
with open(here + "/twin.csv", newline="") as f:
    for row in csv.DictReader(f):
        expected.setdefault(row["case"], {})[row["quantity"]] = float(row["value"])


def run(rows, table, *options):
    with tempfile.TemporaryDirectory() as folder:
        path = folder + "/t.csv"
        with open(path, "w", newline="") as f:
            out = csv.DictWriter(f, rows[0].keys())
            out.writeheader()
            out.writerows(rows)
        done = subprocess.run([programs + "/saydo-glm", path, "-q", "--format=csv",
                               "--table=" + table, *options], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit("FAILED: %s %s: %s" % (table, options, done.stderr))
    return list(csv.DictReader(io.StringIO(done.stdout)))


def close(what, got, want, rel):
    global agreed
    good = got != "" and abs(float(got) - want) <= rel * abs(want)
    agreed += good
    if not good:
        failures.append("%s: got %s, want %r" % (what, got, want))


COLUMNS = {"said": "say", "said_error": "say_std_error", "done": "do", "done_error": "do_std_error",
           "difference": "difference", "error": "std_error", "p": "p_value", "low": "conf_low"}


def against(case, order, rel, *options):
    """order: where R's terms stand among the program's."""
    rows = run(data, "twin", *options)
    for i, at in enumerate(order, 1):
        for quantity, column in COLUMNS.items():
            close("%s %s%d" % (case, quantity, i), rows[at][column],
                  expected[case]["%s%d" % (quantity, i)], rel)
    assert rows[-1]["term"] == "(all)"
    close(case + " all", rows[-1]["statistic"], expected[case]["all"], rel)
    close(case + " all_p", rows[-1]["p_value"], expected[case]["all_p"], 10 * rel)


SAY = "--formula=intent ~ sat * conv + base"
KEPT = ["--formula=kept ~ sat * conv + base", "--family=binomial", "--link=probit", "--twin=visits",
        "--twin-family=poisson"]
against("sd_HC3", range(4), 1e-9, SAY, "--twin=spend")
against("sd_HC0", range(4), 1e-9, SAY, "--twin=spend", "--robust=HC0")
against("sd_firm", range(4), 1e-9, SAY, "--twin=spend", "--cluster=firm")
against("sd_weighted", range(4), 1e-9, SAY, "--twin=spend", "--weights=w")
against("program_margins", range(4), 1e-8, *KEPT)
against("program_margins_firm", range(4), 1e-8, *KEPT, "--cluster=firm")


def bends(case, rel, formula, *options, link=0, outcome=1):
    rows = [r for r in run(data, "curvature", "--formula=" + formula, *options)
            if r["variable"] == "sat"]
    for scale, at in (("link", link), ("response", outcome)):
        for quantity, column in (("bend", "bend"), ("error", "std_error"), ("p", "p_value")):
            if at is not None and scale + "_" + quantity in expected[case]:
                close("%s %s %s" % (case, scale, quantity), rows[at][column],
                      expected[case][scale + "_" + quantity], rel)


bends("bend_square", 1e-8, "kept ~ sat + I(sat^2) + base", "--family=binomial")
bends("bend_factor", 1e-8, "visits ~ C(sat) + base", "--family=poisson")
bends("bend_gaussian", 1e-8, "spend ~ sat + I(sat^2) + base", link=None, outcome=0)
bends("bend_straight", 1e-8, "kept ~ sat + base", "--family=binomial")


def same(what, one, other, rel=1e-9, columns=COLUMNS.values()):
    for a, b in zip(one, other, strict=True):
        for column in columns:
            if a[column] == "" or b[column] == "":
                if a[column] != b[column]:
                    failures.append("%s: %s beside %s" % (what, a, b))
            else:
                close(what + " " + column, a[column], float(b[column]), rel)


# A row that lacks one outcome counts for neither.
random.seed(3)
holes = [dict(r, intent="" if random.random() < 0.2 else r["intent"],
              spend="" if random.random() < 0.2 else r["spend"]) for r in data]
full = [r for r in holes if r["intent"] and r["spend"]]
with_holes = run(holes, "twin", SAY, "--twin=spend")
if with_holes[0]["n_obs"] != str(len(full)):
    failures.append("n_obs: %s of %d" % (with_holes[0]["n_obs"], len(full)))
same("holes", with_holes, run(full, "twin", SAY, "--twin=spend"))

# Nor does the order of the rows matter.
same("order", run(random.sample(data, len(data)), "twin", SAY, "--twin=spend"),
     run(data, "twin", SAY, "--twin=spend"))

# Say and do exchanged: the difference changes its sign.
swapped = run(data, "twin", "--formula=spend ~ sat * conv + base", "--twin=intent")
for a, b in zip(swapped, run(data, "twin", SAY, "--twin=spend"), strict=True):
    if a["difference"]:
        close("swapped difference", a["difference"], -float(b["difference"]), 1e-9)
        close("swapped error", a["std_error"], float(b["std_error"]), 1e-9)
    close("swapped p", a["p_value"], float(b["p_value"]), 1e-8)

# Centring leaves the product alone, and gives the effects at the means: those of data that were
# centred by hand.
m = {c: sum(float(r[c]) for r in data) / len(data) for c in ("sat", "conv")}
by_hand = [dict(r, sat=repr(float(r["sat"]) - m["sat"]), conv=repr(float(r["conv"]) - m["conv"]))
           for r in data]
centred = run(data, "twin", SAY, "--twin=spend", "--centre=interactions")
same("centred", centred, run(by_hand, "twin", SAY, "--twin=spend"))
same("the same centred", centred, run(data, "twin", SAY, "--twin=spend", "--centre=sat,conv"))
same("product", centred[3:4], run(data, "twin", SAY, "--twin=spend")[3:4])

print("%d figures agree" % agreed)
for line in failures[:40]:
    print("FAILED: " + line)
sys.exit(bool(failures))
