printf 'key,date,amount\nA,2024-01-01,1.00\n' >l.csv
: >out
saydo-ledger l.csv -o out/below/
