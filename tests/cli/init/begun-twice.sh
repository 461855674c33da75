# Somebody who has answered opens the survey again and leaves it: the answers count, not the blanks.
# Customer 1001 answers 5 on 2024-01-01, and nothing on 2024-02-01; he buys for 10.50 on 2024-01-20.
python3 - <<'PY'
with open("survey.csv", "w") as f:
    f.write("customer,day,likely,satisfied\n")
    for n in range(30):
        f.write("%d,2024-01-%02d,%d,%d\n" % (1001 + 7 * n, n % 28 + 1, (n * 7 + 4) % 5 + 1, n % 5 + 1))
    f.write("1001,2024-02-01,,\n")
with open("ledger.csv", "w") as f:
    f.write("customer,day,amount\n1,2022-12-31,1.50\n")
    for n in range(30):
        f.write("%d,2024-01-20,%d.50\n" % (1001 + 7 * n, n + 10))
    f.write("1,2025-06-30,1.25\n")
PY
saydo-init survey.csv ledger.csv -q -o study.yml
grep duplicates study.yml
saydo-join study.yml -q --table=study --format=csv | grep 'key\|^1001'
