# z(0.6) = ln 2 with variance 1/25 (pearson), 1.18/25 (spearman), 0.437/24 (kendall): one effect each.
printf 'x,y,method,r,n\nsay,do,pearson,0.6,28\nsay,do,spearman,0.6,28\nsay,do,kendall,0.6,28\nsay,do,gamma,0.6,28\n' >t.csv
saydo-pool t.csv --r=r --n=n --format=csv --table=effects | cut -d, -f1-5,6,9-
saydo-pool t.csv --r=r --n=n --method=FE --format=csv -q | cut -d, -f1-7
