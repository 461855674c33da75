printf 'key,date,amount\nA,2024-01-01,1.00\n' >l.csv
saydo-ledger l.csv --format=csv >/dev/full
echo "standard output: $?"
saydo-ledger l.csv --format=csv -o /dev/full
echo "-o: $?"
