# SPDX-License-Identifier: GPL-3.0-or-later
"""--suppress-below, of every program that has use for it: a study and a table with small cells are
analysed without it and with it.  What the run without says of fewer than N respondents (a row whose
count is below N, and all of its figures with six digits or more) stands nowhere in the folder that
the run with it writes: tables, charts and their data, manifest, and the parts of the workbook."""
import csv
import glob
import os
import random
import re
import subprocess
import sys
import zipfile

N = 10
COUNTS = ["n", "n_obs", "n_other", "n_partial", "n_without", "start", "new", "end", "active",
          "one_purchase"]
INDIVIDUALS = ["study", "unmatched", "ambiguous", "review", "dropped", "behaviour", "items",
               "influence", "fitted", "roc", "thresholds", "lift"]
IDENTITY = ["at", "cycles", "bin", "moderator_at", "assumed_reliability", "line", "threshold"]
LABELS = ["level", "reference", "moderator_level", "period", "item"]
CELLS = {("A", "bank"): 40, ("A", "shop"): 34, ("B", "bank"): 36, ("B", "shop"): 31,
         ("C", "bank"): 4, ("C", "shop"): 25, ("D", "bank"): 28, ("D", "shop"): 22,
         ("E", "bank"): 17, ("E", "shop"): 3}
failures = 0


def fail(text):
    global failures
    failures += 1
    print(text)


def people():
    """One per respondent.  Those of the small cell C, bank spend a thousand times as much: its
    figures are like no others."""
    rng = random.Random(20)
    for (segment, industry), n in CELLS.items():
        for k in range(n):
            small = n < N
            intent = rng.choice([2, 5, 7] if small else [1, 2, 3, 3, 4, 4, 4, 5, 5, 6, 6, 7, 7])
            trust = rng.randint(1, 5)
            retained = int(rng.random() < 0.3 + 0.08 * intent)
            spend = (20 + 7 * intent + 50 * rng.random()) * (1000 if small else 1) * retained
            yield segment, industry, intent, trust, retained, round(spend, 2)


def write_table():
    with open("table.csv", "w") as f:
        f.write("segment,industry,intent,trust,retained,spend\n")
        for p in people():
            f.write(",".join(map(str, p)) + "\n")


def write_study():
    with open("survey.csv", "w") as survey, open("ledger.csv", "w") as ledger, \
            open("customers.csv", "w") as customers:
        survey.write("id,day,segment,industry,q1,q2,q3\n")
        customers.write("id\n")
        ledger.write("customer,day,document,amount\n")
        document = 0
        for i, (segment, industry, intent, trust, retained, spend) in enumerate(people()):
            key = f"K{7919 * (i + 1) % 100000:05d}"
            customers.write(f"{key}\n")
            survey.write(f"{key},2024-03-{1 + i % 20:02d},{segment},{industry},{intent},{trust},"
                         f"{6 - trust if i % 3 else trust}\n")
            for day in ["2024-01-15"] * (i % 2) + ["2024-04-02"] * retained:
                document += 1
                ledger.write(f"{key},{day},{document},{spend or 11.5 + i:.2f}\n")
        for i in range(40):
            customers.write(f"X{i}\n")
            ledger.write(f"X{i},2024-01-{1 + i % 28:02d},{document + 1 + i},{20 + i}.00\n")
        ledger.write(f"X1,2023-12-01,{document + 99},1.00\nX2,2024-06-30,{document + 100},1.00\n")
    with open("study.yml", "w") as f:
        f.write("""\
study: {name: small cells}
surveys:
  - {file: survey.csv, key: id, date: day}
scales:
  - {name: intent, column: q1, range: [1, 7]}
  - {name: trust, items: [q2, q3], range: [1, 5]}
groups:
  - {name: segment, column: segment}
  - {name: industry, column: industry}
customers: {file: customers.csv, key: id}
ledgers:
  - file: ledger.csv
    key: customer
    date: {column: day}
    document: document
    amount: {column: amount}
join: {window: {offset: 1d, length: 31d}, baseline: 31d}
analysis: {by: [segment, industry]}
""")


def run(program, arguments, folder, suppress):
    command = [f"saydo-{program}", *arguments, "--no-pictures", "-o", folder + "/"]
    if suppress:
        command.append(f"--suppress-below={N}")
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8")
    if done.returncode not in (0, 4):
        fail(f"{' '.join(command)}: ends with {done.returncode}: {done.stderr}")
    return done.stdout + done.stderr


def tables(folder):
    for path in sorted(glob.glob(f"{folder}/tables/*.csv")):
        with open(path, newline="") as f:
            yield os.path.basename(path)[:-4], list(csv.DictReader(f))


def number(text):
    try:
        return float(text)
    except (TypeError, ValueError):
        return None


def is_small(row):
    return any(row.get(c) and 0 < number(row[c]) < N for c in COUNTS)


def figures(row):
    """The row's figures of eight digits and more, cut to eight; not simple fractions, which other
    figures are too."""
    for name, cell in row.items():
        if not cell or len(cell) < 8 or name in IDENTITY or number(cell) is None:
            continue
        digits = re.sub(r"[-.]|e.*", "", cell).lstrip("0")
        if len(digits) >= 8 and len(set(digits[4:8])) > 1:
            yield digits[:8]


def is_hidden(row):
    """Its status says so, or none of its counts is told where it has some."""
    counts = [row[c] for c in COUNTS if c in row]
    return row.get("status") == "suppressed" or ("n" in row and not any(counts))


def told_beside(row):
    """What a hidden row says all the same: nothing, but what it is of."""
    return {name: cell for name, cell in row.items()
            if number(cell) is not None and name not in IDENTITY + LABELS}


def check_quantiles(name, row):
    """At or beyond a quantile that is told there are N respondents at least (R's type 7)."""
    for column, share in (("q1", 0.25), ("median", 0.5), ("q3", 0.25)):
        if row.get(column) and number(row["n"]) and int((number(row["n"]) - 1) * share) + 1 < N:
            fail(f"{name}: {column} of {row['n']} respondents")


def check_places(name, rows):
    """A place on a scale is told where N respondents have it, here or in another group."""
    told = {(r.get("x"), r.get("scale"), r["at"]) for r in rows if "at" in r and not is_hidden(r)}
    for row in rows:
        if row.get("at") and (row.get("x"), row.get("scale"), row["at"]) not in told:
            fail(f"{name}: a value of few is told: {row}")


def zeros(rows):
    """Rows that say that there is nobody."""
    return sum(row.get(c) == "0" for row in rows for c in COUNTS)


def is_individual(name):
    return any(name == i or name.endswith("_" + i) for i in INDIVIDUALS)


def everything(folder):
    """All texts of a folder, those inside the workbook too, without dots."""
    for path in glob.glob(f"{folder}/**/*", recursive=True):
        if path.endswith(".xlsx"):
            with zipfile.ZipFile(path) as book:
                for part in book.namelist():
                    if part.endswith(".xml") and "theme" not in part:
                        yield f"{path}:{part}", book.read(part).decode()
        elif os.path.isfile(path) and not path.endswith((".png", ".gp")):
            yield path, open(path, encoding="utf-8").read()


def compare(program, arguments, least):
    """Runs with and without; at least so many small rows must be found, or the test tests nothing."""
    name = "_".join([program, arguments[0].split(".")[0]])
    run(program, arguments, name, False)
    said = run(program, arguments, name + "_small", True)
    small, told = set(), set()
    n_small = 0
    before = dict(tables(name))
    for table, rows in before.items():
        for row in rows:
            n_small += is_small(row) and not is_individual(table)
            (small if is_small(row) or is_individual(table) else told).update(figures(row))
    after = dict(tables(name + "_small"))
    if after.keys() != before.keys():
        fail(f"{name}: tables {before.keys() ^ after.keys()}")
    for table, rows in after.items():
        if is_individual(table) and rows:
            fail(f"{name}: {table} has rows of single respondents")
        for row in rows:
            if is_small(row):
                fail(f"{name}: {table}: {row}")
            if is_hidden(row) and told_beside(row):
                fail(f"{name}: {table}: figures in a suppressed row: {told_beside(row)}: {row}")
            check_quantiles(f"{name}: {table}", row)
            if row.get("name") in ("max_cook", "max_leverage") and row["estimate"]:
                fail(f"{name}: {table}: a figure of one row: {row}")
        if "n" in (rows or [{}])[0]:
            check_places(f"{name}: {table}", rows)
    for table, rows in after.items():
        if zeros(rows) > zeros(before[table]):
            fail(f"{name}: {table}: a cell that is not told is said to have none")
    if n_small < least:
        fail(f"{name}: only {n_small} small rows: this tests nothing")
    if least and "Suppressed: " not in said:
        fail(f"{name}: nothing is said of what is suppressed")
    secret = small - told
    for where, text in everything(name + "_small"):
        found = {m.replace(".", "").lstrip("0")[:8]
                 for m in re.findall(r"\d[\d.]{7,}", text)} & secret
        if found:
            fail(f"{name}: {where} holds {len(found)} secret figures: {sorted(found)[:5]}")
    return after


def gives_nothing_away(rows, by, of):
    """Along each grouping column: hidden levels under a margin that is told are two at least."""
    lines = {}
    for row in rows:
        for column in by:
            key = (column, *(row[c] for c in by if c != column), *(row[c] for c in of))
            lines.setdefault(key, []).append(row)
    for key, line in lines.items():
        hidden = [r for r in line if r["status"] == "suppressed"]
        margin = [r for r in line if r[key[0]] == "(all)"]
        if margin and margin[0]["status"] != "suppressed" and len(hidden) == 1:
            fail(f"one hidden cell in a line: {key}")


write_table()
write_study()
x_y = ["--x=intent,trust", "--y=retained,spend", "--by=segment,industry"]
compare("describe", ["table.csv", *x_y], 60)
correlations = compare("correlate", ["table.csv", *x_y], 20)["correlations"]
gives_nothing_away(correlations, ["segment", "industry"], ["x", "y", "method"])
compare("curve", ["table.csv", *x_y, "--curve=linear,isotonic", "--replicates=20"], 60)
compare("glm", ["table.csv", "--formula=spend ~ intent + trust", "--by=segment,industry"], 2)
compare("glm", ["table.csv", "--formula=retained ~ intent", "--family=binomial", "--by=segment"], 10)
if os.environ.get("SLOW"):
    compare("describe", ["study.yml"], 60)
compare("join", ["study.yml"], 0)
compare("ledger", ["study.yml"], 0)
compare("report", ["study.yml", "--replicates=20", "--curve=linear,quadratic"], 60)
# A level of a factor that few have: its coefficient is theirs, and so the model is left out.
glm = compare("glm", ["table.csv", "--formula=spend ~ intent + segment * industry"], 0)
if any(number(row["estimate"]) is not None for row in glm["terms"]):
    fail("glm: a coefficient of few respondents is told")
said = subprocess.run(["saydo-validate", "study.yml", f"--suppress-below={N}"],
                      capture_output=True, encoding="utf-8").stdout
if re.search(r"has [1-9] of min_n", said):
    fail(f"validate tells the size of a small cell: {said}")
sys.exit(failures > 0)
