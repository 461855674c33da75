# 92,233,720,368,547,758.07 is the most that 64 bits hold in cents; the sum of two is refused.
printf 'key,date,amount\nA,2024-01-01,92233720368547758.07\n' >l.csv
saydo-ledger l.csv --format=csv
printf 'A,2024-01-02,0.01\n' >>l.csv
saydo-ledger l.csv --format=csv
