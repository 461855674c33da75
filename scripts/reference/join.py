# SPDX-License-Identifier: GPL-3.0-or-later
# An independent judge of the join: recomputes from the raw files of a study that
# saydo-simulate wrote what each respondent bought, with none of saydo's code and none of its
# shortcuts: every ledger line is compared with every day of a window.
#
#   python3 scripts/reference/join.py FOLDER >judged.csv
#
# One row per respondent of the study, in the order of the surveys: key, response_date, wave,
# retained ... returned in [response + 1, response + 366), then the same for the baseline
# [response - 365, response), empty where that begins before the ledger does.
import csv
import datetime
import decimal
import gzip
import sys

LENGTH, BASELINE = 365, 365
WAVES = ["survey-2024", "survey-2025"]
ONE_DAY = datetime.timedelta(days=1)


def joined(key):
    """The key under the rules trim, case, strip_zeros."""
    return key.strip().casefold().lstrip("0")


def table(path):
    opened = gzip.open(path, "rt") if path.endswith(".gz") else open(path)
    with opened as f:
        return list(csv.DictReader(f))


def responses(folder):
    """The usable answers of each wave: finished, with a key, the latest of each customer."""
    usable = []
    for wave in WAVES:
        last = {}
        for row in table(f"{folder}/{wave}.csv"):
            key = joined(row["ExternalReference"])
            if row["Finished"] != "True" or not key:
                continue
            day = datetime.date.fromisoformat(row["RecordedDate"][:10])
            if key not in last or day >= last[key][2]:
                last.pop(key, None)  # so that it stands where the later answer stands
                last[key] = (row["ExternalReference"], wave, day)
        usable += [(*answer, key) for key, answer in last.items()]
    return usable


def bought(lines, start, end):
    """retained purchases purchase_days lines spend spend_gross returned in [start, end)."""
    inside = [l for l in lines if start <= l["day"] < end]
    sales = [l for l in inside if l["type"] == "INV"]
    gross = sum((l["sum"] for l in sales), decimal.Decimal(0))
    back = sum((l["sum"] for l in inside if l["type"] == "CRN"), decimal.Decimal(0))
    documents = {l["document"] for l in sales}
    days = {l["day"] for l in sales}
    return [int(len(documents) > 0), len(documents), len(days), len(sales), gross + back, gross, back]


def written(number):
    """As saydo writes it: the shortest text that reads back equal."""
    text = repr(float(number))
    return text[:-2] if text.endswith(".0") else text


def main(folder):
    known = {joined(row["customer_id"]) for row in table(f"{folder}/customers.csv")}
    by_customer, days = {}, []
    for line in table(f"{folder}/ledger.csv.gz"):
        if line["customer_id"].startswith("Total"):
            continue  # a subtotal
        line["day"] = datetime.date.fromisoformat(line["date"])
        days.append(line["day"])
        key = joined(line["customer_id"])
        if not key:
            continue
        known.add(key)
        line["sum"] = decimal.Decimal(line["amount"])
        if line["type"] in ("INV", "CRN") and line["currency"] == "EUR":
            by_customer.setdefault(key, []).append(line)
    names = "retained purchases purchase_days lines spend spend_gross returned".split()
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["key", "response_date", "wave"] + names + ["baseline_" + n for n in names])
    for raw, wave, day, key in responses(folder):
        start, before = day + ONE_DAY, day - BASELINE * ONE_DAY
        end = start + LENGTH * ONE_DAY
        if key not in known or start < min(days) or end - ONE_DAY > max(days):
            continue
        lines = by_customer.get(key, [])
        row = [written(n) for n in bought(lines, start, end)]
        row += [written(n) for n in bought(lines, before, day)] if before >= min(days) else [""] * 7
        out.writerow([raw, day.isoformat(), wave] + row)


main(sys.argv[1])
