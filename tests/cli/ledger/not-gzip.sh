printf 'key,date,amount\nA,2024-01-01,1.00\n' >l.csv.gz
saydo-ledger l.csv.gz --format=csv
