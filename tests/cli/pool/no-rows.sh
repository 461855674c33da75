printf 'r,n\n' >t.csv
saydo-pool t.csv --r=r --n=n --format=csv
