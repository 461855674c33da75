# SPDX-License-Identifier: GPL-3.0-or-later
"""Ledgers as programs of five countries write them, and exports of shops and banks: what
saydo-ledger makes of them when they are declared, against the totals that come with them or
that Python's csv and decimal modules add up."""
import csv
import decimal
import io
import os
import subprocess
import sys
import tempfile

root = os.environ.get("SAYDO_ROOT", os.path.join(os.path.dirname(__file__), "../.."))
programs = os.environ.get("SAYDO_BIN", os.path.join(root, "build/release/bin"))
folder = os.path.join(os.environ.get("SAYDO_ORACLES", os.path.join(root, "../shared/oracles")), "csv")
work = tempfile.TemporaryDirectory()
Decimal = decimal.Decimal

if not os.path.exists(os.path.join(folder, "meaning.tsv")):
    print("skipped: no ../shared/oracles")
    sys.exit(0)


def customers(path, *options):
    """{key: row} of saydo-ledger."""
    done = subprocess.run([programs + "/saydo-ledger", "-q", path, "--format=csv", *options],
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return {row["key"]: row for row in csv.DictReader(io.StringIO(done.stdout))}


def study(name, path, text):
    file = os.path.join(work.name, name)
    with open(file, "w") as f:
        f.write("study: {name: x}\nledgers:\n  - file: " + os.path.join(folder, path) + "\n" + text)
    return file


def total(rows, column="spend"):
    return sum(Decimal(row[column]) for row in rows.values())


def equal(what, got, want):
    assert got == want, f"{what}: {got}, want {want}"


# ---- the same seven postings in the dress of five countries ----

truth = {}
with open(os.path.join(folder, "meaning.tsv"), newline="", encoding="utf-8") as f:
    for row in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["kind"] == "ledger":
            truth[row["text"]] = row["value"]
dress = {
    "iso": [],
    "us": ["--thousands=,", "--sign=parentheses", "--date-format=%m/%d/%Y"],
    "de": ["--delimiter=;", "--encoding=CP1252", "--decimal=,", "--thousands=.",
           "--date-format=%d.%m.%Y"],
    "ch": ["--delimiter=;", "--thousands='", "--date-format=%d.%m.%y"],
    "fr": ["--delimiter=tab", "--decimal=,", "--thousands= ", "--date-format=%d/%m/%Y"],
}
for country, options in dress.items():
    rows = customers(f"{folder}/made/ledger_{country}.csv", "--key=customer", "--document=invoice",
                     *options)
    equal(country, total(rows), Decimal(truth["sum"]))
    equal(country, Decimal(rows["C01"]["spend"]), Decimal(truth["sum_C01"]))
    equal(country, Decimal(rows["C02"]["spend"]), Decimal(truth["sum_C02"]))
    equal(country, sum(int(row["lines"]) for row in rows.values()),
          int(truth["rows"]) - int(truth["negative_rows"]))
    equal(country, min(row["first"] for row in rows.values()), truth["first_date"])
    equal(country, max(row["last"] for row in rows.values()), truth["last_date"])

# ---- a French FEC: debit and credit, dates without marks, customers on some lines alone ----

rows = customers(study("fec.yml", "made/fec_2023.txt", """    delimiter: "|"
    encoding: ISO-8859-15
    decimal: ","
    key: CompAuxNum
    document: PieceRef
    date: {column: EcritureDate, format: "%Y%m%d"}
    amount: {sign: debit_credit, debit: Debit, credit: Credit}
"""))
want = {}
with open(f"{folder}/made/fec_2023.txt", encoding="iso8859-15", newline="") as f:
    for row in csv.DictReader(f, delimiter="|", quoting=csv.QUOTE_NONE):
        if row["CompAuxNum"]:
            amount = Decimal(row["Debit"].replace(",", ".")) - Decimal(row["Credit"].replace(",", "."))
            want[row["CompAuxNum"]] = want.get(row["CompAuxNum"], 0) + amount
assert want
equal("fec", {key: Decimal(row["spend"]) for key, row in rows.items()}, want)

# ---- Stripe: a currency in small letters, times behind the days ----

rows = customers(study("stripe.yml", "hledger/csv/other/stripe.csv", """    key: reporting_category
    date: {column: created_utc, format: "%Y-%m-%d %H:%M:%S"}
    amount: {column: gross}
    currency: {column: currency, keep: USD}
"""))
equal("stripe", {key: row["spend"] for key, row in rows.items()}, {"charge": "12", "refund": "-0.77"})

# ---- Monefy: thousands in quotes, one decimal or none ----

rows = customers(f"{folder}/hledger/csv/apps/monefy.csv", "--key=category", "--date-format=%d/%m/%Y",
                 "--thousands=,")
want = {}
with open(f"{folder}/hledger/csv/apps/monefy.csv", newline="", encoding="utf-8-sig") as f:
    for row in list(csv.reader(f))[1:]:
        want[row[2]] = want.get(row[2], 0) + Decimal(row[3].replace(",", ""))
equal("monefy", {key: Decimal(row["spend"]) for key, row in rows.items()}, want)
assert len(want) > 5
print("8 ledgers of others add up")
