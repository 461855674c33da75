# SPDX-License-Identifier: GPL-3.0-or-later
"""--suppress-below: figures of many by which one respondent's value is known.  An adversary who knows
the rules looks at what is told of a table of 190 respondents: few of whom bought, ages that nobody
shares, an answer that three gave."""
import csv
import json
import random
import re
import subprocess
import sys

N = 5
failures = 0


def fail(text):
    global failures
    failures += 1
    print(text)


def people():
    rng = random.Random(11)
    for segment, n in (("a", 90), ("b", 60), ("c", 40)):
        for k in range(n):
            age = round(18 + 60 * rng.random(), 2)  # no two alike
            intent = 7 if segment == "a" and k < 3 else rng.randint(1, 6)
            bought = k < 2 if segment == "c" else rng.random() < 0.6
            spend = round(20 + 5 * intent + 40 * rng.random(), 2) if bought else 0
            yield segment, age, intent, spend, int(bought)


def write(rows):
    with open("table.csv", "w") as f:
        f.write("segment,age,intent,spend,retained\n")
        for row in rows:
            f.write(",".join(map(str, row)) + "\n")


def run(program, *arguments):
    done = subprocess.run([f"saydo-{program}", "table.csv", *arguments, "-q", "--no-pictures",
                           f"--suppress-below={N}"], capture_output=True, encoding="utf-8")
    if done.returncode:
        fail(f"{program} {arguments}: {done.returncode}: {done.stderr}")
    return done.stdout


def table(folder, name):
    with open(f"{folder}/tables/{name}.csv", newline="") as f:
        return list(csv.DictReader(f))


def rows_of(document):
    """All rows of all tables of a JSON."""
    tables = json.loads(document)["tables"]
    return [row for t in (tables.values() if isinstance(tables, dict) else tables)
            for row in t["rows"]]


rows = list(people())
write(rows)
run("describe", "--x=intent", "--y=spend,retained", "--by=segment", "-o", "describe/")
run("curve", "--x=age,intent", "--y=spend", "--by=segment", "--curve=linear", "--replicates=9",
    "-o", "curve/")
run("glm", "--formula=spend ~ age + intent", "--by=segment", "--predict=age", "-o", "glm/")
run("glm", "--formula=retained ~ age + intent", "--family=binomial", "-o", "scored/")

# 1. What two of 40 spent is 40 times the mean; their segment is not told, nor the next smallest.
for folder, name in (("describe", "behaviours"), ("curve", "models"), ("glm", "terms")):
    for row in table(folder, name):
        if row["segment"] in "bc" and row["status"] != "suppressed":
            fail(f"{folder}/{name}: {row}")
        if row["segment"] == "a" and name == "behaviours" and not row["mean"]:
            fail(f"{folder}/{name}: is hidden for nothing: {row}")

# 2. Nor what those of an answer spent, of whom few bought.
for row in table("curve", "points"):
    of = [r for r in rows if row["x"] == "intent" and row["at"] and r[2] == float(row["at"]) and
          row["segment"] in (r[0], "(all)")]
    if row["n"] and 0 < sum(r[4] for r in of) < N:
        fail(f"points: {sum(r[4] for r in of)} buyers: {row}")

# 3. The number of a hidden answer does not follow from number, mean and spread of all: answers are
# hidden four at a time.
for name, x in (("distribution", "scale"), ("retention", "x")):
    lines = {}
    for row in table("describe", name):
        if row["segment"] in ("a", "(all)"):
            lines.setdefault((row["segment"], row[x]), []).append(row["status"] == "suppressed")
    if len(lines) != 2:
        fail(f"{name}: {lines}")
    for line, hidden in lines.items():
        if not 4 <= sum(hidden) < 7:
            fail(f"{name}: {line}: {sum(hidden)} hidden answers")

# 4. Predictions reach only as far as N respondents have gone before.
by_age = sorted(r[1] for r in rows)
for folder in ("curve", "glm"):
    at = [float(r["at"]) for r in table(folder, "predictions")
          if r["segment"] == "(all)" and r.get("x", r.get("term")) == "age"]
    if not at or min(at) != by_age[N - 1] or max(at) != by_age[-N]:
        fail(f"{folder}: predictions from {min(at)} to {max(at)}")

# 5. Respondents are cut at one set of places; of the largest Cook's distance nothing is told.
if table("scored", "lift") or not table("scored", "calibration"):
    fail("calibration and lift, whose parts are not the same respondents")
for row in table("glm", "diagnostics"):
    if row["name"] in ("max_cook", "max_leverage") and row["estimate"]:
        fail(f"diagnostics: {row}")

# 6. A fit of hardly fewer coefficients than rows: seven rows, five coefficients.
write(rows[:7])
said = run("glm", "--formula=spend ~ poly(age, 4)", "--format=json")
if not said or "suppressed" not in said:
    fail("nearly saturated: nothing is suppressed")
for row in rows_of(said):
    if any(isinstance(v, (int, float)) for v in row.values()):
        fail(f"nearly saturated: {row}")

# 7. Ages that nobody shares are no places of rows, with and without figures.
write(r[:3] + (10 + r[3], 1) for r in rows[:48])
run("curve", "--x=age", "--y=spend", "--curve=linear,isotonic", "--replicates=9", "-o", "ages/")
places = [r["at"] for r in table("ages", "points")]
if len(places) != 48 or any(places):
    fail(f"points: {places}")
write(r[:3] + (10 + r[3], 1) for r in rows)
run("curve", "--x=age", "--y=spend", "--curve=linear,isotonic", "--replicates=9", "-o", "years/")
for folder in ("ages", "years"):
    blocks = [r for r in table(folder, "terms") if r["curve"] == "isotonic"]
    if [(r["term"], r["estimate"], r["status"]) for r in blocks] != [("", "", "suppressed")]:
        fail(f"terms of {folder}: isotonic blocks begin at ages, and are means of few: {blocks}")
    if any(r["estimate"] for r in table(folder, "predictions") if r["curve"] == "isotonic"):
        fail(f"predictions of {folder}: means of isotonic blocks")

# 8. One whose weight is large is the quartile of many; where all weigh the same, it is told.
for weight, told in ((1, True), (3, False)):
    write((*r[:2], weight if i % 9 == 0 else 1, *r[3:]) for i, r in enumerate(rows))
    run("describe", "--x=age", "--y=spend", "--weights=intent", "-o", f"weights{weight}/")
    for row in table(f"weights{weight}", "scales") + table(f"weights{weight}", "behaviours"):
        if any(bool(row[q]) != told for q in ("q1", "median", "q3")) or not row["mean"]:
            fail(f"quantiles with weights: {row}")

# 9. As JSON a hidden row has no number either.
write(rows)
hidden = 0
for row in rows_of(run("describe", "--x=intent", "--y=spend", "--by=segment", "--format=json")):
    if any("contributing" in column for column in row):
        fail("a column that is not for outputs")
    if row.get("status") == "suppressed":
        hidden += 1
        if any(isinstance(v, (int, float)) for k, v in row.items() if k != "at"):
            fail(f"JSON: {row}")
if hidden < 10:
    fail(f"only {hidden} hidden rows: this tests nothing")
sys.exit(failures > 0)
