# Equal weights: the mean of the two others.
printf 'name,yi,vi\nA,1,1\nB,3,1\nC,8,1\n' >t.csv
saydo-pool t.csv --estimate=yi --variance=vi --method=FE --format=csv --table=leave_one_out | cut -d, -f1-5
