# SPDX-License-Identifier: GPL-3.0-or-later
"""`collisions: merge` against its definition: a study whose files have one customer in several
spellings says the same as one whose ids were made equal beforehand, in the table of the study and
in that of all customers, with and without sub-customers and a list of customers."""
import csv
import os
import random
import subprocess
import sys

join = os.path.join(os.environ["SAYDO_BIN"], "saydo-join")
SEEDS = 300 if os.environ.get("SLOW") else 12
RULES = [["trim"], ["case"], ["trim", "case"], ["strip_zeros"], ["parent::", "case"], ["case", "parent::"],
         ["trim", "case", "parent::", "strip_zeros"], ["trim", "strip_zeros"]]
STUDY = """study: {name: spellings}
surveys:
  - {file: survey.csv, key: id, date: day, duplicates: latest}
scales:
  - {name: intent, column: q1, range: [1, 7]}
groups:
  - {name: segment, column: segment}
%sledgers:
  - file: ledger.csv
    key: customer
    document: document
    date: {column: day, format: "%%Y-%%m-%%d"}
    amount: {column: amount, sign: leading}
join:
%s  window: {offset: 1d, length: 31d}
  min_match: 0
"""


def apply(rules, key):
    for rule in rules:
        if rule == "trim":
            key = key.strip()
        elif rule == "case":
            key = key.lower()
        elif rule == "strip_zeros":
            key = key.lstrip("0") or key[-1:]
        elif ":" in key:
            key = key.partition(":")[0].strip() or key
    return key


def write(name, header, rows):
    with open(name, "w", newline="", encoding="utf-8") as f:
        csv.writer(f).writerows([header] + rows)


def draw(rng):
    def ident():
        return rng.choice(["Smith", "smith", "Jones", "0017", "17", "017", "K9", "k9", "Zoe", "zoe"]) + rng.choice(
            ["", "", "", ":A", ":B:C", " "])
    days = rng.sample(range(5, 25), 6)
    survey = [[k, f"2024-01-{day:02}", rng.choice("xy"), rng.randrange(1, 8)]
              for k, day in zip(rng.sample(sorted({ident() for _ in range(25)}), 6), days)]
    ledger = [[ident(), f"2024-{rng.randrange(1, 4):02}-{rng.randrange(1, 29):02}", rng.randrange(1, 30),
               f"{rng.randrange(-300, 900) / 100:.2f}"] for _ in range(60)]
    ledger += [["other", "2023-11-01", 991, "1.00"], ["other", "2024-06-30", 992, "1.00"]]
    return survey, ledger, [[ident()] for _ in range(8)] if rng.random() < .5 else None


def said(folder, data, rules, shorten, table):
    survey, ledger, master = data
    os.makedirs(folder, exist_ok=True)
    key = (lambda k: apply(rules, k)) if shorten else (lambda k: k)
    write(f"{folder}/survey.csv", ["id", "day", "segment", "q1"], [[key(r[0])] + r[1:] for r in survey])
    write(f"{folder}/ledger.csv", ["customer", "day", "document", "amount"], [[key(r[0])] + r[1:] for r in ledger])
    if master:
        write(f"{folder}/customers.csv", ["id"], [[key(r[0])] for r in master])
    asked = "" if shorten else "  key_rules: [%s]\n  collisions: merge\n" % ", ".join(f'"{r}"' for r in rules)
    with open(f"{folder}/study.yml", "w", encoding="utf-8") as f:
        f.write(STUDY % ("customers: {file: customers.csv, key: id}\n" if master else "", asked))
    got = subprocess.run([join, f"{folder}/study.yml", "-q", f"--table={table}", "--format=csv"],
                         capture_output=True, text=True, check=True)
    rows = list(csv.reader(got.stdout.splitlines()))
    return sorted([apply(rules, r[0])] + r[1:] for r in rows) if table == "study" else rows


respondents = 0
for seed in range(SEEDS):
    rng = random.Random(seed)
    rules, data = RULES[seed % len(RULES)], draw(rng)
    for table in "study", "selection":
        want, got = said("equal", data, rules, True, table), said("spelt", data, rules, False, table)
        if got != want:
            sys.exit(f"seed {seed}, {rules}, {table}:\n{got}\nis not\n{want}")
        respondents += len(got) - 1 if table == "study" else 0
if respondents < 2 * SEEDS:
    sys.exit(f"only {respondents} respondents were found")
print(f"{SEEDS} studies with spellings, {respondents} respondents: the same as with equal ids")
