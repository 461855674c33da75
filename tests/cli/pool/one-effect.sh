printf 'yi,vi\n1,0.25\n' >t.csv
saydo-pool t.csv --estimate=yi --variance=vi --method=FE,REML --format=csv | cut -d, -f1-9,20
saydo-pool t.csv --estimate=yi --variance=vi --format=csv | cut -d, -f1-9,20
