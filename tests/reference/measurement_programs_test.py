# SPDX-License-Identifier: GPL-3.0-or-later
"""Reliability in saydo-describe and the table `corrected` of saydo-correlate against R
(scripts/reference/measurement.R), through the programs."""
import csv
import io
import math
import os
import statistics
import subprocess
import tempfile

root = os.environ.get("SAYDO_ROOT", os.path.join(os.path.dirname(__file__), "../.."))
programs = os.environ.get("SAYDO_BIN", os.path.join(root, "build/release/bin"))
here = os.path.join(root, "tests/reference")
failures, compared = [], 0

want = {}
with open(here + "/measurement.csv", newline="") as f:
    for row in csv.DictReader(f):
        want[row["case"], row["quantity"]] = float(row["value"])


def run(program, *options):
    out = subprocess.run([programs + "/saydo-" + program, *options, "-q", "--format=csv"],
                         capture_output=True, text=True)
    if out.returncode:
        raise SystemExit("FAILED: %s: %s" % (options, out.stderr))
    return list(csv.DictReader(io.StringIO(out.stdout)))


def check(what, got, value):
    global compared
    compared += 1
    if got != "" if math.isnan(value) else not math.isclose(float(got or "nan"), value, rel_tol=1e-9):
        failures.append("%s: got %s, want %.17g" % (what, got, value))


# ---- omega and its company ----
COLUMNS = {"omega": "omega", "omega_low": "omega_low", "omega_high": "omega_high", "ave": "ave",
           "composite_reliability": "composite_reliability", "model_chi_square": "chi_square",
           "model_df": "df", "model_p_value": "p_value", "n": "n"}
for items, status, options in [("a1 a2 a3 a4 a5", "converged", []),
                               ("a1 a2 a3 a6", "converged", []),
                               ("a1 a2 a3 a4 a5:frequency", "converged", ["--frequency=frequency"]),
                               ("a1 a2 a3 a4 a5:0.9", "converged", ["--conf-level=0.9"]),
                               ("h1 h2 h3", "improper solution", [])]:
    names = items.split(":")[0].replace(" ", ",")
    rows = run("describe", here + "/measurement_items.csv", "--x=h1", "--items=" + names,
               "--table=reliability", *options)
    case = "factor:" + items
    for column, quantity in COLUMNS.items():
        if (case, quantity) in want:
            check(case + " " + column, rows[0][column], want[case, quantity])
    for i, row in enumerate(rows[1:], 1):
        check("%s loading %d" % (case, i), row["loading"], want[case, "std_loading.%d" % i])
        check("%s loading_error %d" % (case, i), row["loading_error"],
              want[case, "std_loading_error.%d" % i])
    if rows[0]["omega_status"] != status:
        failures.append("%s: %s" % (case, rows[0]["omega_status"]))

# ---- the reliability of a count, and r corrected by it and by a typed one ----
with open(here + "/measurement_counts.csv", newline="") as f:
    counts = list(csv.DictReader(f))


def correlation(x, y):
    mx, my = statistics.fmean(x), statistics.fmean(y)
    return math.fsum((a - mx) * (b - my) for a, b in zip(x, y)) / math.sqrt(
        math.fsum((a - mx) ** 2 for a in x) * math.fsum((b - my) ** 2 for b in y))


for data in ["moderate", "mild", "heavy", "mites", "few", "long", "boundary"]:
    y = [float(c["count"]) for c in counts if c["case"] == data]
    x = [math.sqrt(v) + (i * 37 % 11) for i, v in enumerate(y)]
    with tempfile.NamedTemporaryFile("w", suffix=".csv") as f:
        f.write("say,do\n" + "".join("%.17g,%.17g\n" % p for p in zip(x, y)))
        f.flush()
        row, = run("correlate", f.name, "--x=say", "--y=do", "--method=pearson", "--min-n=1",
                   "--reliability=say:0.8,do:nbd", "--table=corrected")
    case, n, r = "count:" + data, len(y), correlation(x, y)
    rel = want[case, "reliability"]
    check(case, row["reliability_y"], rel)
    check(case + " low", row["reliability_y_low"], want[case, "conf_low"])
    check(case + " high", row["reliability_y_high"], want[case, "conf_high"])
    check(case + " r", row["estimate"], r)
    if data == "boundary":
        check(case, row["disattenuated"], math.nan)
        check(case, row["r_ceiling"], math.nan)
        if row["status"] != "at the boundary":
            failures.append(case + ": " + row["status"])
        continue
    check(case + " ceiling", row["r_ceiling"], want[case, "ceiling"])
    e = r / math.sqrt(0.8 * rel)
    check(case + " corrected", row["disattenuated"], e)
    half = statistics.NormalDist().inv_cdf(0.975) / math.sqrt(n - 3)
    low, high = (math.tanh(math.atanh(r) + s * half) / math.sqrt(0.8 * rel) for s in (-1, 1))
    check(case + " known_low", row["known_low"], low)
    check(case + " known_high", row["known_high"], high)
    at_high = r / math.sqrt(0.8 * want[case, "conf_high"])
    down = math.hypot(e - low, e - at_high) # r is positive here
    check(case + " low", row["disattenuated_low"], e - down)
    if (row["status"] == "beyond 1") != (e > 1):
        failures.append(case + ": " + row["status"])

for line in failures:
    print("FAILED: " + line)
print("| %d figures of reliability and corrections through the programs, %d differ"
      % (compared, len(failures)))
raise SystemExit(1 if failures or compared < 100 else 0)
