printf 'customer,day,amount\nA,2024-01-01,1.00\n' >l.csv
saydo-ledger l.csv
