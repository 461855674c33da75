# An option of all programs that does nothing here is taken, and told.
printf 'key,date,amount\nA,2025-01-02,5\n' > l.csv
saydo-ledger l.csv --weights=w --seed=7 --min-n=3 --conf-level=0.9 --format=csv
saydo-ledger l.csv --weights=w -q --format=csv
saydo-ledger --help | grep -c -e --weights -e --by
