# How ledgers mark a negative amount, and dates of other shapes: each is proposed, and runs.
python3 - <<'PY'
import random
random.seed(5)
def ledger(name, head, line):
    with open(name, "w") as f:
        f.write(head + "\n")
        for n in range(240):
            y, m, d = 2022 + n // 80, 1 + n * 7 % 12, 1 + n * 5 % 28
            f.write(line(n, "K%03d" % (n % 30), y, m, d, 10 + n * 3.25) + "\n")
ledger("trailing.csv", "kunnr|budat|belnr|blart|dmbtr", lambda n, k, y, m, d, a: "%s|%d%02d%02d|%08d|%s|%.2f%s" % (k, y, m, d, n, ["RV", "DG"][n % 9 == 8], a, "-" if n % 9 == 8 else ""))
ledger("parentheses.csv", "customer,invoice_date,invoice_no,net", lambda n, k, y, m, d, a: '%s,%d/%02d/%02d 10:15,%d,"%s"' % (k, y, m, d, n // 2 % 120 + 1000 * (n % 30), ("(%s)" if n % 9 == 8 else "%s") % format(a * 100, ",.2f")))
ledger("debit.csv", "account;date;document;debit;credit", lambda n, k, y, m, d, a: "%s;%d-%02d-%02d;D%d;%s;%s" % ((k, y, m, d, n) + (("", "%.2f" % a) if n % 9 == 8 else ("%.2f" % a, ""))))
ledger("indicator.csv", "Konto;Datum;Beleg;SH;Betrag", lambda n, k, y, m, d, a: "%s;%02d.%02d.%02d;B%d;%s;%s" % (k, d, m, y - 2000, n, "SH"[n % 9 == 8], ("%.2f" % a).replace(".", ",")))
ledger("by_type.csv", "client,day,doc,kind,qty,price", lambda n, k, y, m, d, a: "%s,%dT%02d,X%d,%s,%d,%.2f" % (k, y, m, n, "", 1, a) if 0 else "%s,%d-%02d-%02dT08:00:00,X%d,%s,%d,%.2f" % (k, y, m, d, n, ["Invoice", "Refund", "Payment"][2 if n % 10 == 9 else n % 9 == 8], n % 3 + 1, a))
with open("survey.csv", "w") as f:
    f.write("panel id,StartDate,EndDate,nr,likely,persons\n")
    ids = list(range(30))
    random.shuffle(ids)
    for n in range(30):
        f.write("k%03d,2023-01-%02d 23:50:01,2023-01-%02d 00:01:00,%d,%s,%d\n" % (ids[n], n % 27 + 1, n % 27 + 2, n + 1, [1, 2, 3, 4, 5, 9][random.randint(0, 5)], n % 4 + 1))
PY
for f in trailing parentheses debit indicator by_type; do
    echo "--- $f"
    saydo-init survey.csv $f.csv -o $f.yml
    sed -n '/^ledgers/,/# coverage/p' $f.yml
    saydo-join -q $f.yml --format=csv --table=matching | grep -E ',(sale|return|payment|found in all|in the study),'
done
echo "--- survey"
sed -n '/^surveys/,/^ledgers/p' by_type.yml
