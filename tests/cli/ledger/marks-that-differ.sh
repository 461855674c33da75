# Without a declared currency dollars and euros make no sum; dollars alone do.
printf 'key,date,amount\nA,2024-01-05,$5\nA,2024-01-05,7.50\nA,2024-01-06,$1\n' >t.csv
saydo-ledger t.csv --format=csv
printf 'A,2024-01-07,EUR 2\n' >>t.csv
saydo-ledger t.csv --format=csv
