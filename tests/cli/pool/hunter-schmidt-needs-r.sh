printf 'yi,vi\n0.1,20\n' >t.csv
saydo-pool t.csv --estimate=yi --variance=vi --hunter-schmidt
