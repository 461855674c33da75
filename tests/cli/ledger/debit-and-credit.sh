# Debit less credit: one blank, one 0, both filled (9 - 1); both blank is an error.
printf 'key,day,soll,haben\nA,2024-01-05,7.00,\nA,2024-01-05,,2.00\nA,2024-01-06,0.00,3.00\nA,2024-01-06,9.00,1.00\n' >t.csv
cat >s.yml <<'END'
study: {name: x}
ledgers:
  - file: t.csv
    key: key
    date: {column: day}
    amount: {sign: debit_credit, debit: soll, credit: haben}
END
saydo-ledger s.yml --format=csv
printf 'A,2024-01-05, ,\n' >>t.csv
saydo-ledger s.yml --format=csv
