printf 'key,date,amount\nA,2024-01-01,1.00\n' >l.csv
saydo-ledger l.csv --from=2024-02-01 --to=2024-01-01
