# The same ledger twice, under another name or packed, would count twice; no hash is asked for.
printf 'key,date,amount\na,2025-03-01,1.00\nb,2025-03-02,2.00\n' >a.csv
cp a.csv b.csv
gzip -nc a.csv >c.csv.gz
printf 'key,date,amount\na,2025-03-01,1.00\nb,2025-03-02,2.01\n' >d.csv
saydo-ledger a.csv b.csv -q --format=csv
saydo-ledger d.csv a.csv c.csv.gz -q --format=csv
saydo-ledger a.csv - -q --format=csv <b.csv
saydo-ledger a.csv d.csv -q --format=csv
