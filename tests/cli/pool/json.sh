# Equal effects: no heterogeneity, and Knapp and Hartung's interval has no width.
printf 'yi,vi\n1,1\n1,1\n' >t.csv
saydo-pool t.csv --estimate=yi --variance=vi --format=json --table=pooled | grep '"k": 2'
