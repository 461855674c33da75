# Marks of the sign with blanks about them count: 100 - 30 - 10 + 5; one in another case is no mark
# that was declared, nor one that was forgotten: it is told.
printf 'key,date,amount,SH\nA,2025-01-01,100.00,S\nA,2025-01-02,30.00,H\nA,2025-01-03,10.00,H \nA,2025-01-03,5.00,\n' >l.csv
cat >study.yml <<'END'
study: {name: s}
ledgers:
  - file: l.csv
    key: key
    date: {column: date}
    amount: {column: amount, sign: indicator, indicator: SH, negative: [H]}
END
saydo-ledger study.yml --format=csv
printf 'A,2025-01-04,20.00,h\n' >>l.csv
saydo-ledger study.yml --format=csv
