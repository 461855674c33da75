# SPDX-License-Identifier: GPL-3.0-or-later
# One ledger gives one table, byte by byte: with any number of threads, packed, through a pipe, in
# another locale and time zone, shuffled, over several files, with little memory; and that table is
# the one that twenty lines of Python count.
import collections
import csv
import gzip
import io
import os
import random
import subprocess
import sys

PROGRAM = os.path.join(os.environ["SAYDO_BIN"], "saydo-ledger")
COLUMNS = ["--key=customer", "--date=day", "--amount=net", "--document=invoice"]
LINES = 200_000 if os.environ.get("SLOW") else 20_000
failed = 0


def make(rng):
    """Rows of the ledger; most customers' invoices rise, some fall, repeat, are blank or long."""
    names = [f"C{i}" for i in range(4000)] + [f"Kunde Nr. {i}, Größe \"{i % 7}\"" for i in range(300)]
    names += ["two\nlines", "two\r\nlines", "zwölf", " blank", "0017", "17"]
    rows = []
    for i in range(LINES):
        who = rng.randrange(len(names)) if rng.random() < 0.7 else len(names) - 1 - rng.randrange(20)
        number = {0: f"{i // 3}", 1: f"{LINES - i}", 2: f"{rng.randrange(50)}", 3: "", 4: f"INV-2024-{i // 2:012d}"}
        invoice = number[0 if who % 9 > 4 else who % 9]
        day = f"{2023 + i * 2 // LINES}-{1 + rng.randrange(12):02d}-{1 + i % 28:02d}"
        cents = rng.randrange(1, 1_000_000) * (-1 if rng.random() < 0.08 else 1)
        rows.append((names[who], invoice, day, cents))
    return rows


def text(rows):
    out = io.StringIO()
    to = csv.writer(out, lineterminator="\n")
    to.writerow(["day", "customer", "note", "invoice", "net"])
    for who, invoice, day, cents in rows:
        net = f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"
        to.writerow([day, who, "a, note" if cents % 5 == 0 else "", invoice, net])
    return out.getvalue().encode()


def money(cents):
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}".rstrip("0").rstrip(".")


def counted(rows):
    """The table, counted here."""
    sales, returned = collections.defaultdict(list), collections.Counter()
    for who, invoice, day, cents in rows:
        if cents >= 0:
            sales[who].append((invoice or ("", day), day, cents))
        else:
            sales[who] += []
            returned[who] += cents
    table = ["key purchases purchase_days lines spend spend_gross returned first last".split()]
    for who in sorted(sales, key=str.encode):
        s = sales[who]
        days = {day for _, day, _ in s}
        gross = sum(cents for _, _, cents in s)
        table.append([who, str(len({document for document, _, _ in s})), str(len(days)), str(len(s)),
                      money(gross + returned[who]), money(gross), money(returned[who]),
                      min(days, default=""), max(days, default="")])
    return table


def cells(table):
    return list(csv.reader(io.StringIO(table.decode(), newline="")))


def table(*arguments, stdin=None, **environment):
    p = subprocess.run([PROGRAM, *arguments, *COLUMNS, "--format=csv", "-q"], input=stdin, capture_output=True,
                       env={**os.environ, **environment})
    if p.returncode != 0:
        print(f"{arguments}: status {p.returncode}: {p.stderr.decode()}")
    return p.stdout


def same(what, got, want):
    global failed
    if got != want:
        failed = 1
        pairs = zip(*[t.split(b"\n") if isinstance(t, bytes) else t for t in (got, want)])
        first = next(((a, b) for a, b in pairs if a != b), (len(got), len(want)))
        print(f"not the same: {what}: {first[0]!r}, not {first[1]!r}")


def put(name, data):
    with open(name, "wb") as f:
        f.write(data)
    return name


def main():
    rng = random.Random(20260303)
    rows = make(rng)
    plain = text(rows)
    put("l.csv", plain)
    want = table("l.csv", "--threads=1")
    same("the program and Python", cells(want), counted(rows))
    for threads in [2, 3, 8]:
        same(f"{threads} threads", table("l.csv", f"--threads={threads}"), want)
    same("gzip", table(put("l.csv.gz", gzip.compress(plain, 1))), want)
    same("a pipe", table("-", "--threads=3", stdin=plain), want)
    same("a packed pipe", table("-", stdin=gzip.compress(plain, 1)), want)
    try:
        subprocess.run(["zstd", "-q", "l.csv"], check=True)
        same("zstd", table("l.csv.zst", "--threads=2"), want)
    except FileNotFoundError:
        print("skipped: zstd is not installed")
    same("another locale", table("l.csv", LC_ALL="de_DE.UTF-8", TZ="Asia/Tokyo", LANG="tr_TR.UTF-8"), want)
    for memory in ["16M", "1G"]:
        same(f"--memory={memory}", table("l.csv", f"--memory={memory}", "--threads=2"), want)
    one_line = [r for r in rows if "\n" not in r[0]]
    marked = put("marked.csv", b"\xef\xbb\xbf" + text(one_line).replace(b"\n", b"\r\n"))
    same("CRLF and a mark", cells(table(marked)), counted(one_line))
    for i in range(2):
        rng.shuffle(rows)
        third = len(rows) // 3
        put("shuffled.csv", text(rows))
        parts = [put(f"part{k}.csv", text(rows[k * third:(k + 1) * third if k < 2 else None])) for k in range(3)]
        same("shuffled", table("shuffled.csv", "--threads=2"), want)
        same("shuffled, in three files", table(*parts, f"--threads={1 + 2 * i}", "--memory=16M"), want)
        same("shuffled, a pipe among files", table(parts[0], "-", parts[2], stdin=open(parts[1], "rb").read()), want)
    return failed


sys.exit(main())
