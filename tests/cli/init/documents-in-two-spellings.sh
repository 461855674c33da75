# An order whose lines write the address in two ways is one customer's all the same: the orders are
# documents.  Of 20 respondents each has two orders of two lines on one day, 11.00 and 2.50: two
# purchases, 13.50.
python3 - <<'PY'
with open("survey.csv", "w") as f:
    f.write("mail,day,likely\n")
    for n in range(20):
        f.write("ann%d@x.example,2024-01-%02d,%d\n" % (n, n + 1, n * 7 % 5 + 1))
with open("ledger.csv", "w") as f:
    f.write("mail,day,order,amount\n")
    for n in range(20):
        for order, first, second in (1000 + n, "10.00", "1.00"), (2000 + n, "2.00", "0.50"):
            f.write("ann%d@x.example,2024-%02d-12,%d,%s\n" % (n, n % 3 + 3, order, first))
            f.write("Ann%d@x.example,2024-%02d-12,%d,%s\n" % (n, n % 3 + 3, order, second))
    f.write("zoe@x.example,2023-01-02,9,1.25\nzoe@x.example,2025-06-30,9,1.25\n")
PY
saydo-init survey.csv ledger.csv -q -o study.yml
grep 'document:' study.yml
saydo-join study.yml -q --table=study --format=csv | cut -d, -f5,6 | sort | uniq -c
