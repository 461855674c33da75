# SPDX-License-Identifier: GPL-3.0-or-later
"""The table `review` against a judge that compares everybody with everybody: the same
candidates, similarities and order, by ids and by columns of names."""
import csv
import io
import os
import random
import re
import subprocess
import sys
import unicodedata

join = os.path.join(os.environ["SAYDO_BIN"], "saydo-join")
SEEDS = 60 if os.environ.get("SLOW") else 12
PARTS = ["Müller", "Muller", "Smith", "Smyth", "Acme", "ACME", "GmbH", "Ltd.", "Söhne", "& Co", "Kitchen",
         "Ångström", "ﬁne", "Łódź", "O'Brien", "12", "B2B", "x", "2024-17", "株式会社"]
MAILS = ["ann@x.org", "anne@x.org", "ann@x.com", "Ann.Lee@gmail.com", "ann.le@gmail.com", "bob@gmail.com"]


def fold(text):
    folded = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFC", folded)


def is_name(text):
    raw = text.encode()
    letters = sum(chr(b).isalpha() if b < 128 else True for b in raw)
    digits = sum(48 <= b <= 57 for b in raw)
    return letters >= 3 and letters > digits


def trigrams(text):
    words = re.findall(r"[0-9A-Za-z\x80-\U0010ffff]+", text)
    return {f"  {w} "[i:i + 3] for w in words for i in range(len(w) + 1)}


def dice(a, b):
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0


def parts(text):
    main, at, domain = fold(text).partition("@")
    return trigrams(main), trigrams(at + domain) if at else set()


def alike(a, b):
    main = dice(a[0], b[0])
    return min(main, dice(a[1], b[1])) if a[1] and b[1] else main


def name(rng):
    if rng.random() < 0.15:
        return rng.choice(MAILS)
    text = " ".join(rng.sample(PARTS, rng.randrange(1, 4)))
    if rng.random() < 0.4:
        at = rng.randrange(len(text))
        text = text[:at] + rng.choice(["", "e", "-", "9"]) + text[at + 1:]
    return text.strip() or "x"


def write(path, header, rows):
    with open(path, "w", newline="", encoding="utf-8") as f:
        csv.writer(f).writerows([header] + rows)


def check(seed):
    rng = random.Random(seed)
    least = rng.choice([0.3, 0.5, 0.7, 1])
    by_name = seed % 2 == 1
    known = sorted({name(rng) for _ in range(120)})
    asked = sorted({name(rng) for _ in range(40)})
    ids = [f"K{i}" for i in range(len(known))] if by_name else known
    master, ledger = list(zip(ids, known))[::2], list(zip(ids, known))[1::2]
    survey = [(f"R{i}" if by_name else a, "2024-01-10", 3, a) for i, a in enumerate(asked)]
    survey.append((ids[0], "2024-01-10", 5, known[0]))
    write("master.csv", ["id", "name"], [list(m) for m in master])
    write("survey.csv", ["id", "day", "q", "name"], [list(s) for s in survey if s[0] != ids[0]] + [list(survey[-1])])
    write("ledger.csv", ["id", "day", "amount"], [[l[0], "2024-01-20", 1] for l in ledger] + [[ids[0], "2024-12-31", 1]])
    columns = "survey: name, master: name, " if by_name else ""
    with open("study.yml", "w", encoding="utf-8") as f:
        f.write(f"""
study: {{name: review}}
surveys: [{{file: survey.csv, key: id, date: day, duplicates: first}}]
scales: [{{name: q, column: q, range: [1, 7]}}]
customers: {{file: master.csv, key: id}}
ledgers: [{{file: ledger.csv, key: id, date: {{column: day}}, amount: {{column: amount}}}}]
join: {{window: {{offset: 1d, length: 30d}}, review: {{{columns}similarity: {least}}}}}
""")
    out = subprocess.run([join, "study.yml", "-q", "--format=csv", "--table=review"], check=True,
                         encoding="utf-8", stdout=subprocess.PIPE).stdout
    got = [(r["key"], r["candidate"], r["compared"], r["candidate_compared"], float(r["similarity"]))
           for r in csv.DictReader(io.StringIO(out))]
    want, exist = [], set(ids)
    offered = master if by_name else master + ledger
    offered = [(i, n, parts(n)) for i, n in offered if is_name(n)]
    for key, _, _, text in survey:
        if key in exist or not is_name(text):
            continue
        mine = parts(text)
        best = sorted((-alike(mine, p), n.encode(), i) for i, n, p in offered if alike(mine, p) >= least)
        want += [(key, i, text, n.decode(), -s) for s, n, i in best[:3] if s < 0]
    if got != want:
        print(f"seed {seed}:", [g for g in got if g not in want], [w for w in want if w not in got])
    return got == want, len(want)


os.makedirs("review", exist_ok=True)
os.chdir("review")
total = 0
for seed in range(SEEDS):
    good, n = check(seed)
    total += n
    if not good:
        sys.exit(1)
print(f"{SEEDS} studies, {total} candidates")
sys.exit(total == 0)
