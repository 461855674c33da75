echo key,date,amount >l.csv
saydo-ledger l.csv --format=csv
