# QuickBooks Online journal (datasets/formats/quickbooks_journal/expected.csv has the sums): the
# first line of a transaction alone has its date.  Then the heads are filled down and the accounts
# of sales kept, for sales before tax: Acme Pottery 1000.00 + 250.00 and -50.00, Mira Castell 80.00
# + 40.00 and -40.00, Dale & Daughters 600.00.
cp "$SAYDO_ROOT"/datasets/formats/quickbooks_journal/* .
saydo-ledger study.yml --format=csv
cat >net.yml <<'END'
study: {name: Before tax}
ledgers:
  - file: ledger.csv
    preset: quickbooks_journal
    rows: {fill_down: [Date, Transaction Type, Num, Name]}
    drop: []
    keep: [{column: Account, values: [Sales of *, Services]}]
    amount: {debit: Credit, credit: Debit}
END
saydo-ledger net.yml --format=csv
