# The first letter that is not ASCII stands far down the file: the encoding is still seen.
python3 - <<'PY'
with open("survey.csv", "w", encoding="cp1252") as f:
    f.write("id,day,q,remark\n")
    for n in range(2000):
        f.write("K%04d,2024-01-%02d,%d,%s\n" % (n, n % 28 + 1, n % 7 + 1, "some words to fill a line of the file" if n < 1990 else "für"))
with open("ledger.csv", "w") as f:
    f.write("id,day,amount\n")
    for n in range(2000):
        f.write("K%04d,%d-%02d-%02d,%d.50\n" % (n, 2023 + n % 2, n % 12 + 1, n % 28 + 1, n % 90))
PY
saydo-init survey.csv ledger.csv -o study.yml && grep encoding: study.yml && saydo-validate -q study.yml | sed -n 3p
printf 'id,day\n1,2,3\n' >broken.csv
saydo-init broken.csv ledger.csv
