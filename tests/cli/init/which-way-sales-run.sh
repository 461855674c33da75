# One ledger of forty customers, written in six ways; five drafts, as they are, must give the same,
# and the run of the sixth, where payments cannot be told from returns, must stop.
# In 2024-03 customer 1001 + 7n buys for n + 10.50 in one document; every fifth has 1.25 credited
# in a document of its own, in 2024-04.  All answered in January 2024.
python3 - <<'PY'
import csv
with open("survey.csv", "w") as f:
    f.write("customer,day,likely\n")
    for n in range(40):
        f.write("%d,2024-01-%02d,%d\n" % (1001 + 7 * n, n % 28 + 1, n * 7 % 5 + 1))
lines = [("1", "2022-12-31", "D1", 1.5), ("1", "2025-06-30", "D2", 2.5)]
for n in range(40):
    lines.append((1001 + 7 * n, "2024-03-%02d" % (n % 28 + 1), "D%d" % (10 + n), n + 10.5))
    if n % 5 == 0:
        lines.append((1001 + 7 * n, "2024-04-%02d" % (n % 28 + 1), "G%d" % (10 + n), -1.25))
lines.sort(key=lambda l: l[1])

def write(name, head, cells, **how):
    with open(name, "w", newline="") as f:
        w = csv.writer(f, lineterminator="\n", **how)
        w.writerow(head)
        w.writerows(c for l in lines for c in cells(*l))

m = lambda x: "%.2f" % x
de = lambda x: m(x).replace(".", ",")
write("zeros.csv", ["cust", "day", "doc", "Soll", "Haben"], lambda c, d, n, x: [[c, d, n, de(max(x, 0)), de(max(-x, 0))]], delimiter=";")
write("credit.csv", ["cust", "day", "doc", "Debit", "Credit"], lambda c, d, n, x: [[c, d, n, "" if x > 0 else m(-x), m(x) if x > 0 else ""]])
write("minus.csv", ["cust", "day", "doc", "amount"], lambda c, d, n, x: [[c, d, n, m(-x)]])
write("typed.csv", ["cust", "day", "doc", "type", "amount"],
      lambda c, d, n, x: [[c, d, n, "Invoice", m(x)]] + ([[c, d, "P" + n, "Payment", m(-x)]] if x > 0 else []))
write("gl.csv", ["customer", "date", "doc", "account", "debit", "credit", "currency", "text"],
      lambda c, d, n, x: [[c, ".".join(d.split("-")[::-1]), n, 8400, "" if x > 0 else de(-x), de(x) if x > 0 else "", "EUR", ""]], delimiter=";")
write("payments.csv", ["cust", "day", "doc", "debit", "credit"],
      lambda c, d, n, x: [[c, d, n, m(max(x, 0)), m(max(-x, 0))]] + ([[c, d, "P" + n, "", m(x)]] if x > 0 else []))
PY
for ledger in zeros credit minus typed gl payments; do
    echo "== $ledger"
    saydo-init survey.csv $ledger.csv -o $ledger.yml
    grep -A 9 ' amount:' $ledger.yml | grep 'amount:\|negative\|type:\|stops'
    # 1001: 10.50 - 1.25; 1008: 11.50; purchases 1 each
    saydo-join $ledger.yml -q --table=study --format=csv | grep '^key\|^1001\|^1008' | cut -d, -f1,5,6
done
