# Dinars have three decimals; without a study --decimals says so.
printf 'key,date,amount\nA,2024-01-01,1.005\n' >l.csv
saydo-ledger l.csv
saydo-ledger l.csv --decimals=3 --format=csv
