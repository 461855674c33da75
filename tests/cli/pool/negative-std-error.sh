printf 'yi,se\n0.1,0.2\n0.3,-0.1\n' >t.csv
saydo-pool t.csv --estimate=yi --std-error=se
