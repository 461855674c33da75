cat >l.csv <<'END'
key,date,amount
A,2024-01-01,1.00
A,2024-01-02,2.00
A,2024-01-03,4.00
A,2024-01-04,8.00
B,2024-01-04,16.00
END
saydo-ledger l.csv --from=2024-01-02 --to=2024-01-03 --format=csv
