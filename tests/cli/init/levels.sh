# The level of measurement that SPSS declares decides nothing: answers may be declared nominal, names a scale
# (scripts/reference/init_labels.sps).  By hand: likely 0 of 0..4 is the best, 4 - 0 = 4; 9 "verweigert" above 1 to 5 and
# 99 "k.A." are no answers, 9 "Super" of a line from 1 to 9 is one.
cp "$SAYDO_ROOT"/tests/reference/labelled/levels.sav .
python3 - <<'PY'
with open("ledger.csv", "w") as f:
    f.write("customer,date,document,amount\n")
    for n in range(160):
        f.write("K%02d,%d-%02d-%02d,%d,%d.50\n" % (n % 8 + 1, 2023 + n // 80, n % 10 + 1, n % 28 + 1, 1000 + n, n % 70 + 3))
PY
saydo-init levels.sav ledger.csv -q -o study.yml
sed -n '/^scales/,/^# Who/p' study.yml
saydo-join study.yml -q --table=study --format=csv | cut -d, -f1,3-6
