# QuickBooks Online journal (datasets/formats/quickbooks_journal/expected.csv has the sums): the
# head stands on the first line of a transaction, be it the receivable, a sale or the tax.  Then
# each transaction's lines are turned round, the head staying on the first: the same.
# Then the totals of the documents, by the receivable and the money: Acme Pottery 1337.50 and
# -53.50; Dale & Daughters 314.00 + 600.00 and -21.40; Mira Castell 80.00 + 42.80 + 90.00 and
# -42.80.  Without the accounts of sales nothing is counted.
cp "$SAYDO_ROOT"/datasets/formats/quickbooks_journal/* .
saydo-ledger study.yml --format=csv
awk -F, -v OFS=, 'function out(i) { for (i = n; i > 0; i--) print (i == n ? head : ",,,"), rest[i]; n = 0 }
    function tail(i, t) { t = $0; for (i = 0; i < 4; i++) sub(/^[^,]*,/, "", t); return t }
    NR < 6 || /^TOTAL/ { if (n) out(); print; next }
    $1 != "" { out() }
    $1 != "" { head = $1 "," $2 "," $3 "," $4 }
    $0 ~ /^,,,,,,/ { out(); print; next }
    { rest[++n] = tail() }' ledger.csv >turned.csv
sed 's/ledger.csv/turned.csv/' study.yml >turned.yml
cmp -s ledger.csv turned.csv && echo "not turned"
sed -n '6,9p' turned.csv
saydo-ledger turned.yml --format=csv
cat >gross.yml <<'END'
study: {name: With tax}
ledgers:
  - file: ledger.csv
    preset: quickbooks_journal
    keep: [{column: Account, values: [Accounts Receivable*, Undeposited Funds, Checking, Business Checking*]}]
    amount: {debit: Debit, credit: Credit}
END
saydo-ledger gross.yml --format=csv
sed '/keep:/d' study.yml >none.yml
saydo-ledger none.yml
echo "status $?"
