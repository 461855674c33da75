# A question that has moved is found by its wording, and the one that has taken its name gets another; what is asked in
# other words is told.  K11, by hand: n = 10, so intent 10 % 5 + 1 = 1 and Q8 11 % 5 + 1 = 2 in the first, intent (Q12)
# 12 % 5 + 1 = 3 and Q8 10 % 5 + 1 = 1 in the second; K36 did not finish.
python3 - <<'PY'
import csv, json
def wave(name, questions, rows):
    with open(name, "w", newline="") as f:
        w = csv.writer(f)
        w.writerow(["EndDate", "Finished", "ExternalReference"] + [q for q, _, _ in questions])
        w.writerow(["End Date", "Finished", "External Data Reference"] + [t for _, t, _ in questions])
        w.writerow([json.dumps({"ImportId": i}) for i in ["endDate", "finished", "externalDataReference"] + [i for _, _, i in questions]])
        w.writerows(rows)
likely = "How likely are you to buy from us again?"
wave("w1.csv", [("Q7", likely, "QID1"), ("Q8", "How good is our service?", "QID2"), ("segment", "segment", "segment")],
     [["2023-03-%02d 10:00:00" % (n % 28 + 1), 1, "K%02d" % (n + 1), n % 5 + 1, (n + 1) % 5 + 1, "ab"[n % 2]] for n in range(30)])
wave("w2.csv", [("Q7", "How often do you visit us?", "QID5"), ("Q8", "How good is our service today?", "QID2"), ("Q12", likely, "QID1"), ("segment", "segment", "segment")],
     [["2024-03-%02d 10:00:00" % (n % 28 + 1), int(n != 35), "K%02d" % (n + 1), n % 4 + 1, n % 5 + 1, (n + 2) % 5 + 1, "ab"[n % 2]] for n in range(10, 40)])
with open("ledger.csv", "w") as f:
    f.write("customer,date,document,amount\nZ,2022-01-01,1,1.25\n")
    for n in range(1, 41):
        f.write("K%02d,2023-06-%02d,%d,%d.00\nK%02d,2024-06-%02d,%d,%d.00\n" % (n, n % 28 + 1, 10 + n, 10 + n, n, n % 28 + 1, 100 + n, 20 + n))
    f.write("Z,2025-12-31,2,1.25\n")
PY
saydo-init w1.csv w2.csv ledger.csv -o study.yml
sed -n '/^surveys/,/^# Columns/p' study.yml
saydo-join study.yml -q --table=study --format=csv | cut -d, -f1-9 | grep -E '^(key|K11|K36)'
