# What was given back of a sale is a return of the same day: 30 + 20 sold, 5.5 back; one purchase
# each.  The id is what stands before " - ".
cat >t.csv <<'END'
Contact,day,doc,Total,Refunded Amount
Acme - order,2024-01-05,1,30.00,
Acme - order,2024-01-06,2,20.00,5.50
Beta,2024-01-06,3,1.00,0.00
END
cat >s.yml <<'END'
study: {name: x}
ledgers:
  - file: t.csv
    key: Contact
    key_ends_at: " - "
    document: doc
    date: {column: day}
    amount: {column: Total, refunded: Refunded Amount}
END
saydo-ledger s.yml --format=csv
sed -i 's/5.50/-5.50/' t.csv
saydo-ledger s.yml --format=csv
