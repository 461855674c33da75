# Codes with names are groups; where labels say that 1 is the best answer, the draft turns it; in English,
# German, French and Spanish, of SPSS and of Stata (scripts/reference/init_labels.R).
# By hand, K01: buy 1 of 1..5 counts 6 - 1 = 5; note 1 of 1..6 counts 7 - 1 = 6; accord 1 and 2 turned are 5
# and 4, and the 5 of accord_3, whose labels run the other way, stays: 14 / 3.  K10: 6 is "No sabe".
cp "$SAYDO_ROOT"/tests/reference/labelled/directions.sav "$SAYDO_ROOT"/tests/reference/labelled/directions.dta .
python3 - <<'PY'
with open("ledger.csv", "w") as f:
    f.write("customer,date,document,amount\n")
    for n in range(240):
        f.write("K%02d,%d-%02d-%02d,%d,%d.50\n" % (n % 12 + 1, 2023 + n // 120, n % 10 + 1, n % 28 + 1, 1000 + n, n % 70 + 3))
PY
saydo-init directions.sav ledger.csv -q -o study.yml
saydo-init directions.dta ledger.csv -q -o stata.yml
sed -n '/^scales/,/^# Who/p' study.yml >spss.txt
sed -n '/^scales/,/^# Who/p' stata.yml >stata.txt
cat spss.txt && diff spss.txt stata.txt && echo "Stata: the same"
for f in study stata; do saydo-join $f.yml -q --table=study --format=csv | cut -d, -f1,3-12; done
