# SPDX-License-Identifier: GPL-3.0-or-later
"""A judge of mapping, block-list and repeated answers: random small studies are joined by
saydo-join and, line by line, by what stands here; every cell of the table `study` and every
reason of `unmatched` must agree."""
import csv
import datetime
import io
import os
import random
import subprocess
import sys

SEEDS = 400 if os.environ.get("SLOW") else 40
START = datetime.date(2024, 1, 1)
LENGTH, BASELINE = 40, 30
join = os.path.join(os.environ["SAYDO_BIN"], "saydo-join")


def spelled(rng, key):
    """The key as somebody else writes it; the rules trim, case and strip_zeros undo it."""
    form = rng.randrange(5)
    return [key, key.upper(), "00" + key, " " + key, key + " "][form]


def joined(text):
    text = text.strip().casefold()
    return text.lstrip("0") or text[-1:]


def write(name, header, rows):
    with open(name, "w", newline="", encoding="utf-8") as f:
        csv.writer(f).writerows([header] + rows)


class Study:
    def __init__(self, seed):
        rng = self.rng = random.Random(seed)
        self.combine = rng.choice(["mean", "first", "latest", "max", "min"])
        self.duplicates = rng.choice(["first", "latest", "most_complete", "mean"])
        self.others = rng.choice(["own", "unmatched"])
        self.accounts = [f"k{i}" for i in range(1, 25)]
        self.people = [f"p{i}" for i in range(1, 20)]
        self.one_spelling = {k: spelled(rng, k) for k in self.accounts + self.people}
        self.blocked = rng.sample(self.accounts, rng.randrange(3))
        self.stars = ["k2*"] if rng.random() < 0.2 else []
        self.mapping, self.contradicts = self.draw_mapping()
        self.survey = self.draw_survey()
        self.ledger = self.draw_ledger()
        self.master = rng.sample(self.accounts, 12)
        self.write()

    def draw_mapping(self):
        """Customers of one to three people with one to three accounts, all with all; now and then a
        stray account of somebody else."""
        rng, rows = self.rng, []
        people, accounts = self.people[:], self.accounts[:18]
        rng.shuffle(people)
        rng.shuffle(accounts)
        while len(people) > 6 and len(accounts) > 5:
            who = [people.pop() for _ in range(rng.choice([1, 1, 1, 2, 3]))]
            what = [accounts.pop() for _ in range(rng.choice([1, 1, 2, 3]))]
            rows += [(p, a) for p in who for a in what]
        rng.shuffle(rows)
        if rng.random() < 0.15:
            rows.append((rng.choice(rows)[0], rng.choice(rows)[1]))
        rows += rng.sample(rows, rng.randrange(3))
        rows += [("", "k18")] * rng.randrange(2) + [(rng.choice(people), "")] * rng.randrange(2)
        of = {}
        for p, a in rows:
            if p and a and not self.is_blocked(a):
                of.setdefault(p, set()).add(a)
        shared = any(of[p] & of[q] and of[p] != of[q] for p in of for q in of)
        return rows, shared

    def is_blocked(self, account):
        return account in self.blocked or any(account.startswith(s[:-1]) for s in self.stars)

    def draw_survey(self):
        rng, rows = self.rng, []
        keys = rng.sample(self.people, 14) + rng.sample(self.accounts, 5) + ["nobody"]
        for key in keys:
            for _ in range(rng.choice([1, 1, 1, 2, 3])):
                day = START + datetime.timedelta(rng.randrange(60, 90))
                q = [rng.choice(["", "99", "1", "2", "3", "4", "5", "6", "7"]) for _ in range(3)]
                rows.append([key, day, rng.choice("xy")] + q)
        rng.shuffle(rows)
        return rows

    def draw_ledger(self):
        rng, rows = self.rng, []
        for _ in range(400):
            day = START + datetime.timedelta(rng.randrange(0, 140))
            rows.append([rng.choice(self.accounts[:22]), day, f"d{rng.randrange(150)}",
                         rng.randrange(-300, 3000)])
        return rows + [["k1", START, "d", 0], ["k1", START + datetime.timedelta(140), "d", 0]]

    def write(self):
        say = self.one_spelling.get
        write("survey.csv", ["id", "day", "g", "q1", "q2", "q3"],
              [[say(r[0], r[0])] + r[1:] for r in self.survey])
        write("ledger.csv", ["konto", "day", "doc", "amount"],
              [[say(a), day, doc, f"{minor / 100:.2f}"] for a, day, doc, minor in self.ledger])
        write("master.csv", ["id"], [[say(a)] for a in self.master])
        write("map.csv", ["person", "konto"], [[say(p, p), say(a, a)] for p, a in self.mapping])
        block = f"  block: [{', '.join(self.blocked)}]\n" if self.blocked else ""
        listed = "".join(s + "\n" for s in self.stars)
        if listed:
            open("block.txt", "w", encoding="utf-8").write(listed)
            block += "  block_file: block.txt\n"
        open("study.yml", "w", encoding="utf-8").write(f"""
study: {{name: random}}
surveys: [{{file: survey.csv, key: id, date: day, duplicates: {self.duplicates}}}]
scales:
  - {{name: one, column: q1, range: [1, 7], missing: [99]}}
  - {{name: two, items: [q2, q3], range: [1, 7], missing: [99]}}
groups: [{{name: g, column: g}}]
customers: {{file: master.csv, key: id}}
ledgers: [{{file: ledger.csv, key: konto, document: doc, date: {{column: day}}, amount: {{column: amount}}}}]
join:
  key_rules: [trim, case, strip_zeros]
  window: {{offset: 1d, length: {LENGTH}d}}
  baseline: {BASELINE}d
  mapping: {{file: map.csv, respondent: person, account: konto, combine: {self.combine}, others: {self.others}}}
{block}behaviours: [purchases, purchase_days, lines, spend, spend_gross, returned, recency, tenure]
""")


def value(cell):
    return None if cell in ("", "99") else float(cell)


def combined(how, values):
    values = [v for v in values if v is not None]
    if not values:
        return None
    return {"mean": sum(values) / len(values), "max": max(values), "min": min(values)}[how]


class Answer:
    def __init__(self, row, cells):
        self.row, self.key, self.day, self.group = row, *cells[:3]
        q = [value(c) for c in cells[3:]]
        self.complete = sum(v is not None for v in q)
        self.scales = [q[0], None if None in q[1:] else (q[1] + q[2]) / 2]

    def order(self):
        return (self.day, self.row)


def choose(answers, how, reasons, lost):
    """The one of several answers that stays, with the scales of all where they are combined."""
    if how == "first":
        stays = min(answers, key=Answer.order)
    elif how == "most_complete":
        stays = max(answers, key=lambda a: (a.complete,) + a.order())
    else:
        stays = max(answers, key=Answer.order)
    if how in ("mean", "max", "min"):
        stays.scales = [combined(how, [a.scales[k] for a in answers]) for k in range(2)]
    for a in answers:
        if a is not stays:
            reasons[a.row] = lost[how in ("mean", "max", "min")]
    return stays


def grouped(answers, key):
    groups = {}
    for a in answers:
        groups.setdefault(key(a), []).append(a)
    return groups


def bought(s, accounts, start, end):
    lines = [l for l in s.ledger if l[0] in accounts and start <= l[1] < end]
    sales = [l for l in lines if l[3] >= 0]
    gross, back = sum(l[3] for l in sales), sum(l[3] for l in lines if l[3] < 0)
    ever = [l[1] for l in s.ledger if l[0] in accounts and l[3] >= 0]
    recency = (end - datetime.timedelta(1) - max(l[1] for l in sales)).days if sales else None
    tenure = (start - min(ever)).days if ever and min(ever) < start else None
    return [len({l[2] for l in sales}), len({l[1] for l in sales}), len(sales),
            (gross + back) / 100, gross / 100, back / 100, recency, tenure]


def judge(s):
    """(rows of `study`, reason of each other row)"""
    reasons, rows = {}, {}
    of, has_blocked = {}, set()
    for p, a in s.mapping:
        if p and s.is_blocked(a):
            has_blocked.add(p)
        elif p and a:
            of.setdefault(p, set()).add(a)
    mapped = {a: accounts for accounts in of.values() for a in accounts}
    usable = []
    for i, cells in enumerate(s.survey):
        if s.is_blocked(cells[0]):
            reasons[i] = "blocked account"
        else:
            usable.append(Answer(i, cells))
    lost = ("duplicate answer", "averaged with a later answer")
    usable = [choose(a, s.duplicates, reasons, lost) for a in grouped(usable, lambda a: a.key).values()]
    for a in usable:
        a.accounts = frozenset(of.get(a.key, ()))
        a.unmapped = not a.accounts and s.others == "unmatched"
        a.is_blocked = not a.accounts and a.key in has_blocked
        if not a.accounts:
            a.accounts = frozenset(mapped.get(a.key, {a.key}) if not a.unmapped else {("alone", a.key)})
        if a.is_blocked:
            reasons[a.row] = "blocked account"
    usable = [a for a in usable if not a.is_blocked]
    lost = ("another respondent of the customer counts",
            "combined with another respondent of the customer")
    for answers in grouped(usable, lambda a: a.accounts).values():
        a = choose(answers, s.combine, reasons, lost)
        there = {l[0] for l in s.ledger} | set(s.master)
        start = a.day + datetime.timedelta(1)
        end, before = start + datetime.timedelta(LENGTH), a.day - datetime.timedelta(BASELINE)
        if a.unmapped:
            reasons[a.row] = "not in the mapping"
        elif not a.accounts & there:
            reasons[a.row] = "no such customer in master or ledger"
        else:
            now, then = bought(s, a.accounts, start, end), bought(s, a.accounts, before, a.day)
            rows[a.row] = [a.group] + a.scales + now + then
    return rows, reasons


def table(name):
    done = subprocess.run([join, "study.yml", "-q", "--format=csv", "--table=" + name],
                          encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return done, list(csv.reader(io.StringIO(done.stdout)))[1:]


def differs(got, want):
    if want is None:
        return got != ""
    return got != want if isinstance(want, str) else got == "" or abs(float(got) - want) > 1e-9


def wrong(s):
    done, study = table("study")
    if s.contradicts:
        return None if done.returncode == 3 and "map.csv:" in done.stderr else f"no refusal: {done.stderr}"
    if done.returncode:
        return done.stderr
    rows, reasons = judge(s)
    got_reasons = {int(r[2]) - 2: r[4] for r in table("unmatched")[1]}
    if got_reasons != reasons:
        return f"reasons: {sorted(got_reasons.items() ^ reasons.items())}"
    if len(study) != len(rows):
        return f"{len(study)} rows, not {len(rows)}"
    for got, (i, want) in zip(study, sorted(rows.items())):
        cells = got[2:5] + got[5:]
        for k, (a, b) in enumerate(zip(cells, want)):
            if differs(a, b):
                return f"row {i} ({s.survey[i]}), cell {k}: {a}, not {b}\n{got}\n{want}"
    return None


os.makedirs("mapping", exist_ok=True)
os.chdir("mapping")
contradictions = 0
for seed in range(SEEDS):
    study = Study(seed)
    contradictions += study.contradicts
    what = wrong(study)
    if what:
        print(f"seed {seed}: {what}")
        sys.exit(1)
print(f"{SEEDS} studies, {contradictions} of them refused")
