# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the files of this folder, run in it: three waves of one survey as three exports, the
customers, their postings, and expected.csv, in which the answers are what they were before they
became words."""
import csv
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

state = 20250601


def draw(n):
    """0 ... n - 1: a linear congruential generator (Knuth's MMIX), the same everywhere."""
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
    return (state >> 33) % n


AGREE = ["Stimme überhaupt nicht zu", "Stimme eher nicht zu", "Teils / teils", "Stimme eher zu",
         "Stimme voll und ganz zu"]
SATISFIED = ["Sehr unzufrieden", "Eher unzufrieden", "Teils, teils", "Eher zufrieden", "Sehr zufrieden"]
customers = [f"K{1001 + i:04d}" for i in range(40)]
segment = {c: ["Privat", "Gewerbe", "Öffentliche Hand"][draw(3)] for c in customers}
days = {"2023": date(2023, 3, 13), "2024": date(2024, 3, 18), "2025": date(2025, 3, 31)}
answers, expected = {}, []


def answer():
    likes = draw(5)
    near = lambda: min(4, max(0, likes + draw(3) - 1)) + 1
    # satisfied, agrees with "I stay", agrees with "I look for another", recommends 0 to 10
    return [near(), near(), 6 - near(), min(10, max(0, 2 * likes + draw(5) - 1))]


def missing(a):
    """Now and then somebody does not know; the item is then no number."""
    return [None if draw(17) == 0 else x for x in a]


for wave, first in days.items():
    answers[wave] = {c: missing(answer()) for c in customers if draw(3) > 0}

ledger, number = [], 0
for c in customers:
    day = date(2022, 1, 3) + timedelta(days=draw(60))
    while day < date(2026, 6, 30):
        number += 1
        ledger.append((c, day, f"R{number:05d}", 500 + draw(20000)))
        day += timedelta(days=20 + draw(30 + 300 * (int(c[1:]) % 5)))
ledger.sort(key=lambda row: (row[1], row[2]))


def behaviour(c, day):
    of = [row for row in ledger if row[0] == c and 1 <= (row[1] - day).days < 366]
    return [int(bool(of)), len(of), sum(row[3] for row in of) / 100]


def expect(wave, c, day, a):
    loyal = None if None in a[1:3] else (a[1] + 6 - a[2]) / 2
    values = [segment[c], a[0], loyal, a[3]] + behaviour(c, day)
    shown = ["" if v is None else f"{v:.10g}" if not isinstance(v, str) else v for v in values]
    expected.append([c, day.isoformat(), wave] + shown)


def word(words, x, unknown):
    return unknown if x is None else words[x - 1]


def write(name, delimiter, encoding, header, rows):
    with open(name, "w", encoding=encoding, newline="") as out:
        w = csv.writer(out, delimiter=delimiter, lineterminator="\r\n" if encoding == "cp1252" else "\n")
        w.writerow(header)
        w.writerows(rows)


# 2023: Windows letters, German dates, words.
rows = []
for k, (c, a) in enumerate(answers["2023"].items()):
    day = days["2023"] + timedelta(days=k // 8)
    rows.append([c, day.strftime("%d.%m.%Y"), segment[c], word(SATISFIED, a[0], "weiß nicht"),
                 word(AGREE, a[1], "keine Angabe"), word(AGREE, a[2], "keine Angabe"),
                 "weiß nicht" if a[3] is None else a[3]])
    expect("2023", c, day, a)
write("welle-2023.csv", ";", "cp1252", ["Kundennummer", "Datum", "Segment", "F3", "F7_1", "F7_2", "F12"], rows)

# 2024: another tool: Greenwich time, other names, no-break blanks and capitals, the ends of the
# recommendation in words.
rows = []
for k, (c, a) in enumerate(answers["2024"].items()):
    said = datetime(2024, 3, 18, 20, tzinfo=timezone.utc) + timedelta(minutes=29 * k)
    twist = lambda text: [text, text.replace(" ", "\u00a0"), text.upper(), text + " "][k % 4]
    ends = {0: "0 - Äußerst unwahrscheinlich", 10: "10 – Äußerst wahrscheinlich"}
    rows.append([c, said.strftime("%Y-%m-%d %H:%M:%S"), segment[c],
                 twist(word(SATISFIED, a[0], "Weiß nicht")), twist(word(AGREE, a[1], "Keine Angabe")),
                 twist(word(AGREE, a[2], "Keine Angabe")),
                 "Weiß nicht" if a[3] is None else ends.get(a[3], a[3])])
    expect("2024", c, said.astimezone(ZoneInfo("Europe/Berlin")).date(), a)
write("welle-2024.csv", ",", "utf-8", ["Kd.-Nr.", "Zeitpunkt", "Kundengruppe", "Q3_neu", "Q7a", "Q7b", "Q12"], rows)

# 2025: a panel, without dates; in English, with the codes of the panel for no answer; the column
# F12 is another question now.
english = {"S": ["Very dissatisfied", "Rather dissatisfied", "Neither", "Rather satisfied", "Very satisfied"],
           "A": ["Strongly disagree", "Somewhat disagree", "Neither agree nor disagree",
                 "Somewhat agree", "Strongly agree"]}
rows = []
for k, (c, a) in enumerate(answers["2025"].items()):
    dont = ["Don't know", "Don\u2019t know"][k % 2]
    rows.append([c, segment[c], word(english["S"], a[0], dont), word(english["A"], a[1], dont),
                 word(english["A"], a[2], dont), "-99" if a[3] is None else a[3], 1 + draw(4)])
    expect("2025", c, days["2025"], a)
write("welle-2025.csv", ",", "utf-8", ["customer", "group", "satisfied", "stay", "leave", "nps", "F12"], rows)

write("kunden.csv", ";", "utf-8", ["Kundennummer"], [[c] for c in customers])
write("buchungen.csv", ";", "utf-8", ["Kunde", "Datum", "Beleg", "Betrag"],
      [[c, d.strftime("%d.%m.%Y"), n, f"{x // 100},{x % 100:02d}"] for c, d, n, x in ledger])
write("expected.csv", ",", "utf-8",
      ["key", "response_date", "wave", "segment", "satisfaction", "loyalty", "recommend", "retained",
       "purchases", "spend"], expected)
