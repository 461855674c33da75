# A file with a column of waves becomes one entry for each; K11, by hand: n = 10, intent (10 + 1) % 5 + 1 = 2 in wave 1,
# (10 + 2) % 5 + 1 = 3 in wave 2, Q3 10 % 5 + 1 = 1 in both.  Entries whose keep does not tell them apart stay refused.
python3 - <<'PY'
with open("panel.csv", "w") as f:
    f.write("client,day,Welle,segment,intent,Q3\n")
    for w in (1, 2):
        for n in range(30):
            f.write("K%02d,%d-03-%02d,%d,%s,%d,%d\n" % (n + 1, 2022 + w, n % 28 + 1, w, "ab"[n % 2], (n + w) % 5 + 1, n % 5 + 1))
with open("ledger.csv", "w") as f:
    f.write("customer,date,document,amount\nZ,2022-01-01,1,1.25\n")
    for n in range(1, 41):
        f.write("K%02d,2023-06-%02d,%d,%d.00\nK%02d,2024-06-%02d,%d,%d.00\n" % (n, n % 28 + 1, 10 + n, 10 + n, n, n % 28 + 1, 100 + n, 20 + n))
    f.write("Z,2025-12-31,2,1.25\n")
PY
saydo-init panel.csv ledger.csv -o study.yml
sed -n '/^surveys/,/^# Columns/p' study.yml
saydo-join study.yml -q --table=study --format=csv | cut -d, -f1-9 | grep -E '^(key|K11)'
sed 's/values: \[2\]/values: ["*"]/' study.yml >same.yml
saydo-join same.yml
