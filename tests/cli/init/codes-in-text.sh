# "1 Basic" is a name, "1 - Sehr zufrieden" an answer, and the best: the same of a text export.
# By hand, K01: zufr 6 - 1 = 5, marke 7 - 1 = 6 (a mark of six, though nobody has the worst), again 6 - 1 = 5.
python3 - <<'PY'
columns = {
    "plan": ["1 Basic", "2 Plus", "3 Pro"], "sexo": ["1 Hombre", "2 Mujer", "3 Otro"], "Region": ["1", "2", "3", "4"],
    "zufr": ["1 - Sehr zufrieden", "2", "3", "4", "5 - Sehr unzufrieden"],
    "marke": ["1 (sehr gut)", "2 (gut)", "3 (befriedigend)", "4 (ausreichend)", "5 (mangelhaft)"],
    "again": ["1. Certainement", "2. Probablement", "3. Peut-être", "4. Probablement pas", "5. Certainement pas"],
    "acuerdo": ["1 Totalmente en desacuerdo", "2 En desacuerdo", "3 Ni de acuerdo ni en desacuerdo", "4 De acuerdo", "5 Totalmente de acuerdo", "6 No sabe"],
    "mood": ["1 Mies", "2", "3", "4", "5 Super"]}
with open("survey.csv", "w") as f:
    f.write("id,day,%s\n" % ",".join(columns))
    for n in range(12):
        f.write("K%02d,2024-01-%02d,%s\n" % (n + 1, n + 1, ",".join(texts[n % len(texts)] for texts in columns.values())))
with open("ledger.csv", "w") as f:
    f.write("customer,date,document,amount\n")
    for n in range(240):
        f.write("K%02d,%d-%02d-%02d,%d,%d.50\n" % (n % 12 + 1, 2023 + n // 120, n % 10 + 1, n % 28 + 1, 1000 + n, n % 70 + 3))
PY
saydo-init survey.csv ledger.csv -q -o study.yml
sed -n '/^scales/,/^# Who/p' study.yml
saydo-join study.yml -q --table=study --format=csv | cut -d, -f1,3-10
