# SPDX-License-Identifier: GPL-3.0-or-later
"""saydo-glm's figures of predictions against R (scripts/reference/scoring.R): of the fit, of fits
without each row (as many folds as rows), and without each cluster (as many folds as clusters)."""
import csv
import io
import math
import os
import subprocess
import sys

root = os.environ.get("SAYDO_ROOT", os.path.join(os.path.dirname(__file__), "../.."))
programs = os.environ.get("SAYDO_BIN", os.path.join(root, "build/release/bin"))
here = os.path.join(root, "tests/reference")

# The run of the reference, its options, and which sample it is.
RUNS = {"logit/fitted": (["--folds=0"], "fitted"),
        "logit/rows": (["--folds=1000"], "cross-fitted"),
        "logit/parts": (["--folds=7", "--cluster=part"], "cross-fitted"),
        "probit/rows": (["--folds=1000", "--link=probit"], "cross-fitted")}
# Of a figure of the reference the row of diagnostics.
ROWS = {"brier": "brier", "log_score": "log_score"}
PARTS = {"reliability": "brier_reliability", "resolution": "brier_resolution",
         "uncertainty": "brier_uncertainty", "skill": "brier_skill"}
CALIBRATION = {"in_large": "calibration_in_the_large", "intercept": "calibration_intercept",
               "slope": "calibration_slope", "statistic": "calibration_test"}
GROUPS = {"n": "n", "predicted": "predicted", "rate": "observed", "conf_low": "conf_low",
          "conf_high": "conf_high", "low": "predicted_low", "high": "predicted_high",
          "events": "events", "lift": "lift", "share": "flagged", "gain": "gain",
          "cumulative_lift": "cumulative_lift"}
failures, agreed = [], 0


def run(options, table):
    out = subprocess.run([programs + "/saydo-glm", here + "/scoring_table.csv", "-q", "--groups=8",
                          "--formula=y ~ q + x", "--family=binomial", "--format=csv",
                          "--table=" + table, *options], capture_output=True, text=True)
    if out.returncode:
        raise SystemExit("FAILED: %s: %s" % (options, out.stderr))
    return list(csv.DictReader(io.StringIO(out.stdout)))


def compare(what, got, want):
    global agreed
    value = float(got) if got else math.nan
    # On its own rows a logit fit is calibrated: intercepts and tests are 0 up to rounding.
    if abs(value - want) <= max(1e-9, 2e-8 * abs(want)):
        agreed += 1
    else:
        failures.append("%s: got %s, want %.17g" % (what, got, want))


def diagnostic(rows, sample, name, column="estimate"):
    full = name if sample == "fitted" else name + "_cross_fitted"
    found = [r for r in rows if r["name"] == full]
    return found[0][column] if len(found) == 1 else ""


def check(name, part, quantity, value, made, sample):
    # Two clusters have errors of their own, and no tests of independent rows.
    if name == "logit/parts" and not part.startswith(("groups", "lift")) and (
            quantity in ("conf_low", "conf_high", "p_value") or (part, quantity) == ("calibration", "statistic")):
        return
    rows = made["diagnostics"]
    what = "%s %s %s" % (name, part, quantity)
    if part == "":
        if quantity in ("estimate", "conf_low", "conf_high"):
            compare(what, diagnostic(rows, sample, "auc", quantity), value)
    elif part in ROWS and quantity in ("estimate", "conf_low", "conf_high"):
        compare(what, diagnostic(rows, sample, ROWS[part], quantity), value)
    elif part == "parts" and quantity in PARTS:
        compare(what, diagnostic(rows, sample, PARTS[quantity]), value)
    elif part == "calibration" and quantity in CALIBRATION:
        compare(what, diagnostic(rows, sample, CALIBRATION[quantity]), value)
    elif part in ("spiegelhalter", "hosmer_lemeshow") and quantity in ("statistic", "p_value"):
        column = "estimate" if quantity == "statistic" else "p_value"
        compare(what, diagnostic(rows, sample, part, column), value)
    elif part.split("/")[0] in ("groups", "lift") and quantity in GROUPS:
        table, bin_ = part.split("/")
        rows = made["calibration" if table == "groups" else "lift"]
        found = [r for r in rows if r["sample"] == sample and r["bin"] == bin_]
        compare(what, found[0][GROUPS[quantity]] if len(found) == 1 else "", value)


with open(here + "/scoring_program.csv", newline="") as f:
    expected = list(csv.DictReader(f))
for name, (options, sample) in RUNS.items():
    made = {table: run(options, table) for table in ("diagnostics", "calibration", "lift")}
    for e in expected:
        if e["case"] == name or e["case"].startswith(name + "/"):
            check(name, e["case"][len(name) + 1:], e["quantity"], float(e["value"]), made, sample)
for failure in failures:
    print("FAILED: " + failure)
print("%d figures agree" % agreed)
sys.exit(1 if failures or agreed < 600 else 0)
