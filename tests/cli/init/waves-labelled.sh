# Two SPSS files (scripts/reference/init_labels.sps): q1, whose labels are turned about in the second, is left out and told,
# since no one number would mean one answer; the segments of both are levels; 0 "Extremely likely" counts as 10.
cp "$SAYDO_ROOT"/tests/reference/labelled/wave_[ab].sav .
python3 - <<'PY'
with open("ledger.csv", "w") as f:
    f.write("customer,date,document,amount\nZ,2021-01-01,1,1.25\n")
    for n in range(1, 9):
        f.write("K%02d,2023-06-%02d,%d,%d.00\nK%02d,2024-06-%02d,%d,%d.00\n" % (n, n, 10 + n, 10 + n, n, n, 100 + n, 20 + n))
    f.write("Z,2025-12-31,2,1.25\n")
PY
saydo-init wave_a.sav wave_b.sav ledger.csv -o study.yml
sed -n '/^surveys/,/^# Who/p' study.yml
saydo-join study.yml -q --table=study --format=csv | cut -d, -f1-8 | grep -E '^(key|K01|K08)'
