# A survey and a ledger as German offices write them: semicolon, decimal comma,
# DD.MM.YYYY, CP1252, and a survey tool that took the ids for numbers.
python3 - <<'PY'
import random
random.seed(3)
ids = ["%06d" % (7 * k + 1001) for k in range(60)]
day = lambda r, y: "%02d.%02d.%d" % (r.randint(1, 28), r.randint(1, 12), y)
with open("umfrage.csv", "w", encoding="cp1252") as f:
    f.write("Lfd;Kundennr;Abgabe;Geschäft;Kaufabsicht;Zufr_1;Zufr_2;Zufr_3;Empfehlung\n")
    for n, k in enumerate(ids[:40]):
        mood = random.randint(1, 7)
        f.write("%d;%s;%s;%s;%s;%d;%d;%d;%d\n" % (n + 1, k.lstrip("0"), "%02d.%02d.2023" % (n % 28 + 1, n % 2 + 1),
            ["Süd", "Nord"][n % 2], mood if n else 99, mood, min(7, mood + 1), 8 - mood, min(10, mood + n % 5 - 1)))
with open("buchungen.csv", "w", encoding="cp1252") as f:
    f.write("Konto;Belegdatum;Belegnr;Belegart;Betrag;Währung;Bemerkung\n")
    doc = 0
    for y in (2022, 2023, 2024):
        for _ in range(200):
            doc += 1
            k, d = random.choice(ids[:55]), day(random, y)
            for _ in range(random.randint(1, 3)):
                f.write("%s;%s;R%05d;RV;%s;EUR;für Büro\n" % (k, d, doc, ("%d.%03d,%02d" % (random.randint(1, 3), random.randint(0, 999), random.randint(0, 99)))))
        for _ in range(12):
            doc += 1
            f.write("%s;%s;G%05d;DG;-%d,%02d;EUR;\n" % (random.choice(ids[:55]), day(random, y), doc, random.randint(10, 99), random.randint(0, 99)))
        f.write("Summe %d;;;;%d,00;EUR;\n" % (y, 100000))
PY
saydo-init umfrage.csv buchungen.csv -o studie.yml && cat studie.yml &&
    echo ---- && saydo-join studie.yml -q --table=matching
