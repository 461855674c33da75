# Columns are proposed by the first 200,000 lines; a type, an id and the last day that stand
# below them are in the draft all the same.
python3 - <<'PY'
with open("survey.csv", "w") as f:
    f.write("id,day,likely\n")
    for n in range(30):
        f.write("K%02d,2024-01-%02d,%d\n" % (n, n % 28 + 1, n * 7 % 5 + 1))
with open("ledger.csv", "w") as f:
    f.write("id,date,type,amount\n")
    for n in range(200000):
        f.write("K%02d,2023-%02d-01,Invoice,%d.50\n" % (n % 29, n % 12 + 1, n % 9))
    f.write("k29,2025-06-30,Refund,-3.50\nK01,2025-06-30,Cash desk,9.00\n")
PY
saydo-init survey.csv ledger.csv -o study.yml; echo $?
sed -n '/# type/,$p' study.yml
saydo-join study.yml -q --table=matching --format=csv
