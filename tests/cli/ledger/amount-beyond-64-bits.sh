printf 'key,date,amount\nA,2024-01-01,92233720368547758.08\n' >l.csv
saydo-ledger l.csv
