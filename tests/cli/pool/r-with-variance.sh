printf 'r,n,v\n0.1,20,1\n' >t.csv
saydo-pool t.csv --r=r --n=n --variance=v
