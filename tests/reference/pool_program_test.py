# SPDX-License-Identifier: GPL-3.0-or-later
"""saydo-pool against metafor: meta-regression by nine estimators with and without Knapp and
Hartung's test (scripts/reference/pool.R, tight stop rule), and, where they are at hand, the
reference values of others, read through the program's tables."""
import csv
import io
import math
import os
import subprocess
import sys
import tempfile
from fractions import Fraction

root = os.environ.get("SAYDO_ROOT", os.path.join(os.path.dirname(__file__), "../.."))
programs = os.environ.get("SAYDO_BIN", os.path.join(root, "build/release/bin"))
oracles = os.environ.get("SAYDO_ORACLES", os.path.join(root, "../shared/oracles"))
here = os.path.join(root, "tests/reference")
failed = []
agreed = 0


def run(path, table, *options):
    out = subprocess.run([programs + "/saydo-pool", path, "-q", "--format=csv", "--table=" + table,
                          *options], capture_output=True, text=True)
    if out.returncode:
        raise SystemExit("FAILED: %s %s: %s" % (path, options, out.stderr))
    return list(csv.DictReader(io.StringIO(out.stdout)))


def number(text):
    return float(text) if text not in ("", "NA") else math.nan


def compare(case, quantity, got, want, absolute, relative):
    global agreed
    if got == want or (math.isnan(got) and math.isnan(want)):
        agreed += 1
    elif abs(got - want) <= max(absolute, relative * abs(want)):
        agreed += 1
    else:
        failed.append("%s %s: got %r, want %r" % (case, quantity, got, want))


# ---- meta-regression, nine estimators ----

# metafor's own searches end at about 1e-9 of tau2, also under a tight rule (uniroot, scoring);
# where tau2 is close to its bound of 0 that is 1e-12 of nothing.
ITERATED = {"ML", "REML", "EB", "PM"}


def regressions():
    wanted = {}
    for row in csv.DictReader(open(here + "/pool.csv")):
        wanted.setdefault(row["case"], {})[row["quantity"]] = number(row["value"])
    data = here + "/pool_data.csv"
    for model in ("ablat", "ablat+year", "alloc", "ablat+alloc"):
        for test in ("z", "knha"):
            options = ["--estimate=yi", "--variance=vi", "--moderators=" + model.replace("+", ","),
                       "--method=FE,DL,HE,HS,SJ,ML,REML,EB,PM",
                       "--test=" + {"z": "z", "knha": "knapp_hartung"}[test]]
            found = {}
            for row in run(data, "moderators", *options):
                for name in ("estimate", "std_error", "statistic", "p_value", "conf_low",
                             "conf_high"):
                    found[row["method"], "%s[%s]" % (name, row["term"])] = number(row[name])
            for row in run(data, "moderation", *options):
                for name in ("k", "tau2", "i2", "h2", "r_squared", "qm", "qm_p_value", "qe",
                             "qe_df", "qe_p_value"):
                    found[row["method"], name] = number(row[name])
            for (method, name), got in found.items():
                case = ":".join((method, model, test))
                relative = 1e-8 if method in ITERATED else 1e-10
                compare(case, name, got, wanted[case][name], 1e-12, relative)


# ---- the same in exact rational arithmetic, with years as they are written ----


def solve(a, b):
    """Gauss and Jordan on fractions."""
    n = len(b)
    rows = [list(r) + [x] for r, x in zip(a, b)]
    for i in range(n):
        pivot = next(j for j in range(i, n) if rows[j][i])
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [x / rows[i][i] for x in rows[i]]
        for j in range(n):
            if j != i:
                rows[j] = [x - rows[j][i] * y for x, y in zip(rows[j], rows[i])]
    return [r[n] for r in rows]


def exact():
    data = list(csv.DictReader(open(here + "/pool_data.csv")))
    y = [Fraction(float(r["yi"])) for r in data]
    w = [1 / Fraction(float(r["vi"])) for r in data]
    x = [[Fraction(1), Fraction(int(r["ablat"])), Fraction(1948 + int(r["year"]))] for r in data]
    xwx = [[sum(wi * xi[a] * xi[b] for wi, xi in zip(w, x)) for b in range(3)] for a in range(3)]
    b = solve(xwx, [sum(wi * xi[a] * yi for wi, xi, yi in zip(w, x, y)) for a in range(3)])
    qe = sum(wi * (yi - sum(p * q for p, q in zip(xi, b))) ** 2 for wi, xi, yi in zip(w, x, y))
    options = ["--estimate=yi", "--variance=vi", "--moderators=ablat,written", "--method=FE"]
    with tempfile.NamedTemporaryFile("w", suffix=".csv") as f:
        out = csv.writer(f)
        out.writerow(["yi", "vi", "ablat", "written"])
        out.writerows([r["yi"], r["vi"], r["ablat"], 1948 + int(r["year"])] for r in data)
        f.flush()
        for row, want in zip(run(f.name, "moderators", *options), b):
            compare("exact", row["term"], number(row["estimate"]), float(want), 0, 1e-11)
        compare("exact", "qe", number(run(f.name, "moderation", *options)[0]["qe"]), float(qe), 0,
                1e-12)


# ---- the reference values of others ----

POOLED = {"k": "k", "tau2": "tau2", "mu.beta": "estimate", "mu.se": "std_error",
          "mu.zval": "statistic", "mu.pval": "p_value", "mu.ci.lb": "conf_low",
          "mu.ci.ub": "conf_high", "QE": "q", "QEp": "q_p_value", "I2_percent": "i2", "H2": "h2",
          "pi.lb": "pred_low", "pi.ub": "pred_high", "tau2.ci.lb": "tau2_low",
          "tau2.ci.ub": "tau2_high", "pred": "estimate", "ci.lb": "conf_low", "ci.ub": "conf_high"}
METHODS = ("EE", "DL", "HE", "HS", "SJ", "ML", "REML", "EB", "PM")
TESTS = {"egger_rma": "egger", "egger_lm": "egger_regression", "begg": "begg", "fsn": "fail_safe_n",
         "trimfill_L0": "trim_and_fill"}
cache = {}


def table(data, name, *options):
    key = (data, name) + options
    if key not in cache:
        cache[key] = run("%s/metafor/data/%s.csv" % (oracles, data), name, *options)
    return cache[key]


def pooled_figure(data, word, rest, quantity):
    method = "FE" if word == "EE" else word
    options = ["--estimate=yi", "--variance=vi"]
    if rest == "ztor":
        options = ["--r=ri", "--n=ni"]
    if rest == "adhoc":
        options.append("--test=knapp_hartung_floor")
    if rest == "knha":
        options.append("--knapp-hartung")
    if rest == "ztor" and word == "REML":
        return None  # stopped at metafor's default of 1e-5; mcdaniel1994_zcor:REML is not
    if quantity not in POOLED or (data == "k2" and quantity == "tau2.ci.ub"):
        return None  # metafor looks for the upper limit of tau2 no further than 100
    row = table(data, "pooled", *options, "--method=" + method)[0]
    scale = 100 if quantity == "I2_percent" else 1
    return scale * number(row[POOLED[quantity]])


def other_figure(data, word, rest, quantity):
    typed = ("--estimate=yi", "--variance=vi", "--method=DL")
    if word == "leave1out_DL":
        name, at = quantity.rstrip("]").split("[")
        row = table(data, "leave_one_out", *typed)[int(at) - 1]
        return {"estimate": 1, "tau2": 1, "I2": 100}[name] * number(row[name.lower()])
    if word in TESTS:
        row = [r for r in table(data, "small_study", *typed) if r["test"] == TESTS[word]][0]
        column = {"z": "statistic", "t": "statistic", "p": "p_value", "df": "df",
                  "limit_estimate": "limit", "tau": "estimate", "Rosenthal": "estimate",
                  "k0": "estimate", "beta": "limit", "ci.lb": "limit_low", "ci.ub": "limit_high"}
        return number(row[column[quantity]]) if quantity in column else None
    if rest.startswith("subgroup_") and quantity in POOLED:
        column, level = rest[len("subgroup_"):].split("=")
        rows = table(data, "subgroups", *typed, "--difference=" + column)
        row = [r for r in rows if r["level"] == level][0]
        name = POOLED[quantity]
        return (100 if name == "i2" else 1) * number(row[name]) if name in row else None
    return None


def others():
    path = oracles + "/metafor/expected.tsv"
    if not os.path.exists(path):
        print("skipped: %s is absent" % path)
        return
    for row in csv.DictReader(open(path), delimiter="\t"):
        data, word, rest = (row["case"].split(":") + ["", ""])[:3]
        if not os.path.exists("%s/metafor/data/%s.csv" % (oracles, data)) or not word:
            continue
        if word in METHODS and rest in ("", "knha", "adhoc", "confint", "ztor"):
            got = pooled_figure(data, word, rest, row["quantity"])
        else:
            got = other_figure(data, word, rest, row["quantity"])
        if got is not None:
            compare(row["case"], row["quantity"], got, number(row["value"]),
                    float(row["abs_tol"]), float(row["rel_tol"]))


regressions()
exact()
print("%d figures of meta-regression agree" % agreed)
before = agreed
others()
print("%d figures of others agree" % (agreed - before))
for line in failed[:40]:
    print("FAILED: " + line)
sys.exit(bool(failed) or before < 1990)
