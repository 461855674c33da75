# A ledger of no known program with titles above its header, an empty column, parentheses and
# totals; and a list of customers, typed before the ledger.
python3 - <<'PY'
with open("survey.csv", "w") as f:
    f.write("client id,day,likely\n")
    for n in range(60):
        f.write("%d,2024-01-%02d,%d\n" % (n + 1, n % 28 + 1, n * 7 % 5 + 1))
with open("clients.csv", "w") as f:
    f.write("client number,country\n")
    for n in range(70):
        f.write("%05d,%s\n" % (n + 1, ["AT", "DE", "CH"][n % 3]))
with open("sales.csv", "w") as f:
    f.write("Sales by client\nMiller & Sons\nJanuary 2023 to December 2025\n\n")
    f.write("Client,Posted,Voucher,Kind,Net,\n")
    for n in range(600):
        f.write('%05d,%d/%d/%d,V%d,%s,"%s",\n' % (n * 13 % 55 + 1, n % 12 + 1, n % 28 + 1, 2023 + n // 200, n, ["Sale", "Return"][n % 20 == 19],
            ("(%s)" if n % 20 == 19 else "%s") % format(1000 + n / 4, ",.2f")))
        if n % 200 == 199:
            f.write("Total %d,,,,\"999,999.99\",\n" % (2023 + n // 200))
PY
saydo-init survey.csv clients.csv sales.csv -o study.yml; echo $?
sed -n '/^customers/,/^behaviours/p' study.yml
saydo-join study.yml -q --table=matching
