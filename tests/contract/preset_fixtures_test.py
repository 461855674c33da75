# SPDX-License-Identifier: GPL-3.0-or-later
"""The ledgers of datasets/formats, read a second time without saydo: from what each program's
export means, in Python, to one row per customer.  That, what was worked by hand (expected.csv)
and what saydo-ledger finds by the preset must be the same."""
import collections
import csv
import datetime
import os
import re
import subprocess
import sys
from decimal import Decimal

root = os.environ["SAYDO_ROOT"]
folder = os.path.join(root, "datasets", "formats")
COLUMNS = "key,purchases,purchase_days,lines,spend,spend_gross,returned,first,last".split(",")
failed = 0


def path(name, file="ledger.csv"):
    return os.path.join(folder, name, file)


def rows(name, file="ledger.csv", encoding="utf-8-sig", **how):
    with open(path(name, file), newline="", encoding=encoding) as f:
        return list(csv.reader(f, **how))


def table(name, first=0, **how):
    """Rows below the header in line `first`, as dictionaries."""
    lines = rows(name, **how)
    return [dict(zip(lines[first], row)) for row in lines[first + 1:]]


def us(text):
    text = text.replace("$", "").replace(",", "")
    return -Decimal(text[1:-1]) if text.startswith("(") else Decimal(text or "0")


def german(text):
    sign = -1 if text.endswith("-") else 1
    return sign * Decimal(text.rstrip("-").replace(".", "").replace(",", ".") or "0")


def day(text, form):
    return datetime.datetime.strptime(text, form).date()


# Each gives (customer, day, document, amount, "sale" or "return") of the lines that count.


def quickbooks_ledger():
    account = []
    for row in rows("quickbooks_ledger")[5:]:
        if row[0].startswith("Total for "):
            account.pop()
        elif row[0]:
            account.append(row[0])
        elif account and account[-1].startswith("4") and row[2] in ("Invoice", "Sales Receipt", "Credit Memo", "Refund"):
            back = row[2] in ("Credit Memo", "Refund")
            yield row[4], day(row[1], "%m/%d/%Y"), row[3], us(row[7]), "return" if back else "sale"


def quickbooks_journal():
    """By whole transactions: their lines in any order, the head on the first of them."""
    blocks = []
    for r in table("quickbooks_journal", 4):
        if re.match(r"\d", r["Date"]):
            blocks.append([])
        if blocks and r["Account"]:
            blocks[-1].append(r)
    for lines in blocks:
        assert sum(us(r["Debit"]) - us(r["Credit"]) for r in lines) == 0, lines
        head = lines[0]
        kind = {"Invoice": "sale", "Sales Receipt": "sale", "Credit Memo": "return", "Refund": "return"}.get(head["Transaction Type"])
        for r in lines:
            if kind and r["Account"] in ("Sales of Product Income", "Services"):
                yield head["Name"], day(head["Date"], "%m/%d/%Y"), head["Num"], us(r["Credit"]) - us(r["Debit"]), kind


def xero_invoices():
    for r in table("xero_invoices"):
        if r["Status"] in ("Paid", "Awaiting Payment") and r["Currency"] == "GBP" and r["Type"] in ("Sales invoice", "Sales credit note"):
            yield (r["ContactName"], day(r["InvoiceDate"], "%d/%m/%Y"), r["InvoiceNumber"], Decimal(r["LineAmount"]),
                   "sale" if r["Type"] == "Sales invoice" else "return")


def xero_transactions():
    import openpyxl

    for r in openpyxl.load_workbook(path("xero_transactions", "ledger.xlsx"))["Account Transactions"].iter_rows(min_row=6, values_only=True):
        kind = {"Receivable Invoice": "sale", "Receive Money": "sale", "Receivable Credit Note": "return"}.get(r[1])
        if r[7] == "200" and kind:
            yield r[2].split(" - ")[0], r[0].date(), r[3] or "", Decimal("%.2f" % (r[5] - r[4])), kind


def netsuite():
    for r in table("netsuite"):
        kind = {"Invoice": "sale", "Cash Sale": "sale", "Credit Memo": "return", "Cash Refund": "return"}.get(r["Type"])
        if kind and r["Account"].startswith("4") and r["Subsidiary"].endswith(": US"):
            yield r["Name"].split(" ")[0], day(r["Date"], "%m/%d/%Y"), r["Document Number"], us(r["Credit"]) - us(r["Debit"]), kind


def sap_fbl5n():
    lines = rows("sap_fbl5n", "ledger.txt", delimiter="\t", quoting=csv.QUOTE_NONE)
    start = next(i for i, row in enumerate(lines) if row[:1] == ["Account"])
    for row in lines[start + 1:]:
        r = dict(zip(lines[start], row))
        amount = german(r["Amount in local currency"])
        if r["Document type"] in ("RV", "DR", "DG"):
            yield r["Account"], day(r["Document Date"], "%d.%m.%Y"), r["Document Number"], amount, "return" if amount < 0 else "sale"


def sage50():
    for r in table("sage50"):
        if r["Type"] in ("SI", "SC"):
            sign = 1 if r["Type"] == "SI" else -1
            yield (r["Account Ref"], day(r["Date"].zfill(8), "%d%m%Y"), r["Reference"], sign * Decimal(r["Net Amount"]),
                   "sale" if sign > 0 else "return")


def datev_extf():
    lines = rows("datev_extf", encoding="cp1252", delimiter=";")
    year = lines[0][14][:4]
    for row in lines[2:]:
        r = dict(zip(lines[1], row))
        account, other, debit = r["Konto"], r["Gegenkonto (ohne BU-Schlüssel)"], r["Soll/Haben-Kennzeichen"] == "S"
        if 10000 <= int(other) <= 69999:
            account, other, debit = other, account, not debit
        if 10000 <= int(account) <= 69999 and other[0] in "48" and len(other) == 4 and r["WKZ Umsatz"] in ("", "EUR"):
            amount = german(r["Umsatz (ohne Soll/Haben-Kz)"]) * (1 if debit else -1)
            reversal = r["Generalumkehr (GU)"] in ("1", "G") or re.fullmatch("[2678][0-9]", r["BU-Schlüssel"])
            yield (account, day(r["Belegdatum"].zfill(4) + year, "%d%m%Y"), r["Belegfeld 1"], -amount if reversal else amount,
                   "sale" if debit and not reversal else "return")


def shopify_orders():
    for r in table("shopify_orders"):
        if r["Total"] and r["Email"] and not r["Cancelled at"] and r["Currency"] == "EUR" and r["Financial Status"] in ("paid", "refunded", "partially_refunded"):
            when = day(r["Created at"][:10], "%Y-%m-%d")
            yield r["Email"], when, r["Name"], Decimal(r["Total"]), "sale"
            yield r["Email"], when, r["Name"], -Decimal(r["Refunded Amount"]), "return"


def stripe_payments():
    charges = {r["id"]: r for r in table("stripe_payments")}
    for r in charges.values():
        if r["Status"] in ("Paid", "Refunded") and r["Currency"] == "usd" and r["Customer Email"]:
            when = day(r["Created (UTC)"], "%Y-%m-%d %H:%M:%S")
            yield r["Customer Email"], when, r["id"], us(r["Amount"]), "sale"
            yield r["Customer Email"], when, r["id"], -us(r["Amount Refunded"]), "return"


def generic_gl():
    for r in table("generic_gl", encoding="cp1252", delimiter=";"):
        if r["customer"].isdigit() and r["currency"] == "EUR" and r["account"][:1] in ("4", "8"):
            amount = german(r["debit"]) - german(r["credit"])
            yield r["customer"], day(r["date"], "%d.%m.%Y"), r["doc"], amount, "return" if amount < 0 else "sale"


def customers(lines):
    """One row per customer, as the definitions of docs/methods/ledger.md say."""
    by_key = collections.defaultdict(list)
    for line in lines:
        by_key[line[0]].append(line[1:])
    for key, own in by_key.items():
        sales = [x for x in own if x[3] == "sale"]
        gross, back = sum(x[2] for x in sales), sum(x[2] for x in own if x[3] == "return")
        days = sorted(x[0] for x in sales)
        yield key, [len({x[1] or x[0] for x in sales}), len(set(days)), len(sales), gross + back, gross, back, str(days[0]), str(days[-1])]


def as_read(records):
    """The same of a table of texts."""
    return {r["key"]: [int(r[c]) for c in COLUMNS[1:4]] + [Decimal(r[c]) for c in COLUMNS[4:7]] + [r[c] for c in COLUMNS[7:]] for r in records}


def by_saydo(name):
    done = subprocess.run(["saydo-ledger", path(name, "study.yml"), "--format=csv", "-q"], encoding="utf-8", stdout=subprocess.PIPE, check=True)
    return as_read(csv.DictReader(done.stdout.splitlines()))


def compare(name, what, got, want):
    global failed
    for key in sorted(set(got) | set(want)):
        if got.get(key) != want.get(key):
            failed += 1
            print(f"{name}: {what}: {key}: {got.get(key)}, by hand {want.get(key)}")


formats = {f.__name__: f for f in (quickbooks_ledger, quickbooks_journal, xero_invoices, xero_transactions, netsuite, sap_fbl5n, sage50, datev_extf,
                                   shopify_orders, stripe_payments, generic_gl)}
for preset in sorted(os.listdir(os.path.join(root, "io", "presets"))):
    name = preset[:-len(".yml")]
    with open(path(name, "expected.csv"), newline="", encoding="utf-8") as f:
        worked = as_read(csv.DictReader(f))
    assert worked, name
    compare(name, "saydo", by_saydo(name), worked)
    try:
        compare(name, "read again", dict(customers(formats[name]())), worked)
    except ImportError:
        print("skipped: openpyxl is not installed: the workbook of", name, "is not read again")
sys.exit(failed > 0)
