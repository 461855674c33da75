# SPDX-License-Identifier: GPL-3.0-or-later
"""Amounts in many currencies, converted by saydo-ledger and by Python's decimal numbers, which
round half away from zero as well: equal to the last digit for every line (each has a customer
of its own) and every currency, for both ways of quoting, with rates of 1 to 15 digits that are
up to max_age days old, or older, which is told with the line; from files of text and from a
workbook."""
import csv
import datetime
import decimal
import io
import os
import random
import subprocess
import tempfile

try:
    import openpyxl
except ImportError:
    openpyxl = None

root = os.environ.get("SAYDO_ROOT", os.path.join(os.path.dirname(__file__), "../.."))
programs = os.environ.get("SAYDO_BIN", os.path.join(root, "build/release/bin"))
work = tempfile.TemporaryDirectory()
decimal.getcontext().prec = 200
Decimal = decimal.Decimal
PLACES = {"EUR": 2, "USD": 2, "JPY": 0, "KWD": 3, "CLF": 4, "IDR": 2, "CHF": 2}
FIRST = datetime.date(2023, 1, 1)
random.seed(20250301)


def write(name, rows, delimiter=","):
    with open(os.path.join(work.name, name), "w", newline="") as f:
        csv.writer(f, delimiter=delimiter, lineterminator="\n").writerows(rows)


def random_rate():
    digits = random.randrange(1, 16)
    number = random.randrange(10 ** (digits - 1), 10 ** digits)
    return Decimal(number).scaleb(-random.randrange(0, digits + 5))


def random_amount(places, largest):
    number = Decimal(random.randrange(-largest, largest)).scaleb(-places)
    return -number if random.random() < 0.3 else number


def rounded(value, places):
    return value.quantize(Decimal(1).scaleb(-places), rounding=decimal.ROUND_HALF_UP)


def text(number, mark="."):
    return format(number, "f").replace(".", mark)


def make_rates(home, mark):
    """{currency: {day: rate}}, and the file's rows in no order."""
    rates = {c: {} for c in PLACES if c != home}
    for c in rates:
        day = random.randrange(0, 20)
        while day < 400:
            rates[c][day] = random_rate()
            day += random.choice([1, 1, 1, 2, 3, 9, 15])
    rows = [[FIRST + datetime.timedelta(d), c.lower() if random.random() < 0.1 else c,
             text(r, mark), "note"] for c in rates for d, r in rates[c].items()]
    random.shuffle(rows)
    return rates, [["date", "currency", "rate", "source"]] + rows


def rate_of(rates, currency, day, max_age):
    days = [d for d in rates[currency] if d <= day]
    latest = max(days) if days else None
    return None if latest is None or day - latest > max_age else rates[currency][latest]


def convert(amount, currency, rate, home, quote):
    if currency == home:
        return amount
    exact = amount * rate if quote == "home_per_unit" else amount / rate
    return rounded(exact, PLACES[home])


def write_workbook(name, rows):
    """The same as numbers of a sheet, with days of Excel's."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([float(row[2]) if row[2] != "rate" else "rate", *row[:2]])
    book.save(os.path.join(work.name, name))


def study(home, quote, max_age, mark, rates):
    with open(os.path.join(work.name, "s.yml"), "w") as f:
        f.write("study: {name: x}\nledgers:\n  - file: l.csv\n    key: key\n"
                "    date: {column: day}\n    amount: {column: amount}\n"
                f"    currency: {{column: cur, to: {home}, rates: {rates}, quote: {quote}, "
                f"max_age: {max_age}d, rates_decimal: \"{mark}\", rates_delimiter: \";\"}}\n")


def run(*more):
    return subprocess.run([programs + "/saydo-ledger", "s.yml", "-q", *more], cwd=work.name,
                          capture_output=True, text=True)


def table(*more):
    done = run("--format=csv", *more)
    assert done.returncode == 0, done.stderr
    return list(csv.DictReader(io.StringIO(done.stdout)))


def check(home, quote, max_age, mark, threads):
    rates, rows = make_rates(home, mark)
    file = "r.xlsx" if openpyxl and mark == "." else "r.csv"
    if file == "r.xlsx":
        write_workbook(file, rows)
    else:
        write(file, rows, ";")
    lines, want, sums, refused = [], {}, {}, None
    while len(want) < 1000:
        currency, day = random.choice(list(PLACES)), random.randrange(0, 420)
        rate = 1 if currency == home else rate_of(rates, currency, day, max_age)
        amount = random_amount(PLACES[currency], 10 ** random.choice([1, 3, 6, 9]))
        value = rate and convert(amount, currency, rate, home, quote)
        line = [f"K{len(want):05d}", FIRST + datetime.timedelta(day), text(amount), currency]
        if not rate:
            refused = refused or line
        elif abs(value) < Decimal(10) ** (15 - PLACES[home]):
            lines.append(line)
            want[line[0]] = value
            n, own, all_of = sums.get(currency, (0, 0, 0))
            sums[currency] = (n + 1, own + amount, all_of + value)
    write("l.csv", [["key", "day", "amount", "cur"]] + lines)
    study(home, quote, max_age, mark, file)
    got = {row["key"]: Decimal(row["spend"]) for row in table(f"--threads={threads}")}
    assert got.keys() == want.keys()
    for key in want:
        assert got[key] == want[key], (home, quote, key, got[key], want[key])
    for row in table("--table=currencies"):
        n, own, all_of = sums.pop(row["currency"])
        assert int(row["n_lines"]) == n
        for is_, should in ((row["amount"], own), (row["converted"], all_of)):
            assert abs(Decimal(is_) - should) <= abs(should) * Decimal("1e-15"), row
    assert not sums
    if refused:
        write("l.csv", [["key", "day", "amount", "cur"]] + lines[:7] + [refused] + lines[7:])
        done = run()
        assert done.returncode == 3 and f"l.csv:9: cur: '{refused[3]}' has no rate for " \
            f"{refused[1]}, nor for the {max_age} days before" in done.stderr, done.stderr


for home in ("EUR", "JPY", "KWD"):
    for quote in ("home_per_unit", "units_per_home"):
        for max_age, mark in ((7, "."), (0, ","), (12, ",")):
            check(home, quote, max_age, mark, random.choice([1, 3]))
print("18000 amounts converted as Python converts them")
