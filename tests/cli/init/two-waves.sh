# A second wave is no list of customers, in whatever order it is typed: with a survey program, and
# without one, by its columns.
cd "$SAYDO_ROOT"/datasets/formats/pairs/qualtrics-generic_gl && cp survey.csv ledger.csv.gz "$OLDPWD" && cd "$OLDPWD"
cp survey.csv second.csv
saydo-init survey.csv second.csv ledger.csv.gz -o study.yml
saydo-init survey.csv ledger.csv.gz second.csv -o study.yml
python3 - <<'PY'
for wave in "12":
    with open("wave%s.csv" % wave, "w") as f:
        f.write("client,day,likely\n")
        for n in range(60):
            f.write("%d,2024-01-%02d,%d\n" % (n + 1000, n % 28 + 1, n * 7 % 5 + 1))
PY
saydo-init wave1.csv wave2.csv ledger.csv.gz -o study.yml
