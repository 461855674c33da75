# Of a ledger without preset: documents that were cancelled, drafted or only ordered are no sales;
# a part that stands twice is told.  Customer 1001 + 7n buys for n + 10.25 in March 2024; fourteen of
# them have a cancelled and a drafted document of 500.00 as well, or a quote and an order of it, or
# totals of that amount.
python3 - <<'PY'
def ledger(name, head, bad):
    with open(name, "w") as f:
        f.write("customer,day,doc,%s,amount\n" % head)
        f.write("1,2022-12-31,D1,%s,1.50\n" % bad[0])
        for n in range(40):
            f.write("%d,2024-03-%02d,D%d,%s,%.2f\n" % (1001 + 7 * n, n % 28 + 1, n + 10, bad[0], n + 10.25))
            f.write("%d,2024-03-%02d,D%d,%s,%.2f\n" % (1001 + 7 * n, n % 28 + 1, n + 10, bad[0], 0.5))
            f.write("%d,2024-03-%02d,D%d,%s,%.2f\n" % (1001 + 7 * n, n % 28 + 1, n + 10, bad[0], 0.5))
            for k in (1, 2):
                if n % 3 == 0 and bad[1:]:
                    f.write("%d,2024-03-%02d,V%d%d,%s,500.00\n" % (1001 + 7 * n, n % 28 + 1, k, n, bad[k]))
        if not bad[1:]:
            for n in range(20, 22):
                f.write("%d,2024-03-%02d,D%d,%s,%.2f\n" % (1001 + 7 * n, n % 28 + 1, n + 10, bad[0], n + 10.25))
        f.write("1,2025-06-30,D2,%s,2.50\n" % bad[0])
ledger("status.csv", "status", ["paid", "Cancelled", "draft"])
ledger("type.csv", "type", ["Invoice", "Quote", "Sales Order"])
ledger("twice.csv", "text", ["Ware"])
ledger("total.csv", "line", ["Ware", "Total", "subtotal:"])
with open("survey.csv", "w") as f:
    f.write("customer,day,likely\n")
    for n in range(40):
        f.write("%d,2024-01-%02d,%d\n" % (1001 + 7 * n, n % 28 + 1, n * 7 % 5 + 1))
PY
for ledger in status type twice total; do
    echo "== $ledger"
    saydo-init survey.csv $ledger.csv -o $ledger.yml
    grep -A 20 ' amount:' $ledger.yml | grep 'drop\|column\|ignore\|lines\|sale'
    # 1001: 10.25 + 1.00; 1008: 11.25 + 1.00 (two articles of 0.50 that are alike)
    saydo-join $ledger.yml -q --table=study --format=csv | grep '^key\|^1001\|^1008' | cut -d, -f1,5,6
done
