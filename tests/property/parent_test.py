# SPDX-License-Identifier: GPL-3.0-or-later
"""The key rule `parent` against its definition: a study whose files have sub-customers
("Smith:Kitchen") says the same as one whose ids were shortened to the customer's beforehand,
whatever other rules there are, in any order of the lines and with any number of threads."""
import csv
import json
import os
import random
import subprocess
import sys

join = os.path.join(os.environ["SAYDO_BIN"], "saydo-join")
SEEDS = 300 if os.environ.get("SLOW") else 10
RULES = [["parent::"], ["trim", "parent::"], ["parent::", "case"], ["case", "parent::"],
         ["parent: - "], ["strip_prefix:C:", "parent::"], ["trim", "case", "parent::", "strip_zeros"],
         ["parent: - ", "parent::", "case"]]


def apply(rules, key):
    for rule in rules:
        name, _, arg = rule.partition(":")
        if name == "trim":
            key = key.strip()
        elif name == "case":
            key = key.lower()
        elif name == "strip_zeros":
            key = key.lstrip("0") or key[-1:]
        elif name == "strip_prefix":
            key = key[len(arg):] if key.startswith(arg) and len(key) > len(arg) else key
        elif name == "parent":
            key = key.partition(arg)[0].strip() or key
    return key


def owner(rules, key):
    """The shortest beginning, before a separator, that the rules join with the whole."""
    seps = [r[len("parent:"):] for r in rules if r.startswith("parent:")]
    for at in range(len(key)):
        head = key[:at].strip()
        if any(key.startswith(s, at) for s in seps) and head and apply(rules, head) == apply(rules, key):
            return head
    return key


def write(name, header, rows):
    with open(name, "w", newline="", encoding="utf-8") as f:
        csv.writer(f).writerows([header] + rows)


def draw(rng):
    """Survey, master and two ledgers; customers of several spellings, documents that several share."""
    customers = ["Smith", "smith", "Jones", "C:Adler", "Adler", "0017", "17", "K9", "Zoe"][rng.randrange(3):]
    parts = ["", "", ":Kitchen", ":Bath:Tiles", " : Bath", " - Nord", ":"]

    def ident():
        return rng.choice(customers) + rng.choice(parts)
    survey = [[k, f"2024-01-{rng.randrange(5, 25):02}", rng.choice("xy"), rng.randrange(1, 8)]
              for k in rng.sample(sorted({ident() for _ in range(25)}), 8)]
    master = [[ident(), rng.choice("ab")] for _ in range(rng.randrange(12))]
    ledger = [[ident(), f"2024-{rng.randrange(1, 4):02}-{rng.randrange(1, 29):02}",
               rng.choice(["", str(rng.randrange(12))]), f"{rng.randrange(-300, 900) / 100:.2f}"] for _ in range(160)]
    return survey, master, ledger + [["Zoe", "2023-11-01", "1", "5"], ["Zoe", "2024-03-28", "2", "5"]]


def make(folder, rules, survey, master, ledger, block):
    os.makedirs(folder, exist_ok=True)
    os.chdir(folder)
    write("survey.csv", ["id", "day", "segment", "q"], survey)
    write("ledger.csv", ["id", "day", "doc", "amount"], ledger)
    write("master.csv", ["id", "area"], master)
    with open("study.yml", "w", encoding="utf-8") as f:
        f.write(f"""
study: {{name: parents}}
surveys: [{{file: survey.csv, key: id, date: day, duplicates: first}}]
scales: [{{name: q, column: q, range: [1, 7]}}]
groups: [{{name: area, column: area}}]
customers: {{file: master.csv, key: id}}
ledgers: [{{file: ledger.csv, key: id, document: doc, date: {{column: day}}, amount: {{column: amount}}}}]
join: {{key_rules: {rules!r}, collisions: exclude, block: {block!r}, window: {{offset: 1d, length: 40d}}, baseline: 40d}}
behaviours: [purchases, purchase_days, lines, spend, returned, recency, gap, tenure, basket]
""")
    os.chdir("..")


def tables(folder, threads):
    run = subprocess.run([join, f"{folder}/study.yml", "-q", "--format=json", f"--threads={threads}"],
                         encoding="utf-8", capture_output=True)
    if run.returncode:
        return run.stderr.replace(folder, "")
    return {name: table["rows"] for name, table in json.loads(run.stdout)["tables"].items()}


def comparable(got, rules, shortened):
    """What must be the same of both: ids by their owners, without counts of ids as written."""
    if isinstance(got, str):
        return got
    if not shortened:
        for row in got["study"] + got["unmatched"]:
            row["key"] = owner(rules, row["key"])
        for row in got["ambiguous"]:
            row["value"] = " | ".join(owner(rules, v) for v in row["value"].split(" | "))
    for row in got["unmatched"]:
        row["text"] = ""
    for row in got["ambiguous"]:
        row["line"] = ""
    count = {(r["section"], r["step"]): int(r["count"]) for r in got["matching"]}
    for s in ["ledger", "master"]:
        count[s, "customers (distinct ids)"] += (count.pop((s, "customers that they are merged into"))
                                                 - count.pop((s, "ids that are merged"))
                                                 - count.pop((s, "blocked accounts (distinct ids)"), 0))
    for step in [s for s in count if s[1].startswith("found ") and s[1] != "found in all"]:
        del count[step]
    return [got["study"], got["unmatched"], got["selection"], got["ambiguous"], count]


def check(seed):
    rng = random.Random(seed)
    rules = RULES[seed % len(RULES)]
    survey, master, ledger = draw(rng)
    block = rng.choice([["nobody"], ["nobody"], ["K9"], ["Jo*"]])
    short = [[[owner(rules, r[0])] + r[1:] for r in t] for t in (survey, master, ledger)]
    rng.shuffle(ledger)
    make("parts", rules, survey, master, ledger, block)
    make("short", rules, *short, block)
    want = comparable(tables("short", 1), rules, True)
    got = comparable(tables("parts", rng.randrange(1, 4)), rules, False)
    if got != want:
        print(f"seed {seed}, {rules}:", [(g, w) for g, w in zip(got, want) if g != w])
        sys.exit(1)
    told = not isinstance(want, str)
    return told and len(want[0]) > 1, told and len(want[3]) > 0


os.makedirs("parent", exist_ok=True)
os.chdir("parent")
seen = [check(seed) for seed in range(SEEDS)]
print(f"{SEEDS} studies, {sum(a for a, _ in seen)} with respondents, {sum(b for _, b in seen)} with collisions")
sys.exit(sum(a for a, _ in seen) < SEEDS / 2 or not any(b for _, b in seen))
