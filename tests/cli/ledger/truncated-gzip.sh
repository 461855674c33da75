{ echo key,date,amount; seq -f 'A%g,2024-01-01,1.00' 5000; } | gzip -n >l.csv.gz
head -c 3000 l.csv.gz >cut.csv.gz
saydo-ledger cut.csv.gz
