printf 'r,n,rxx\n0.1,20,1.4\n' >t.csv
saydo-pool t.csv --r=r --n=n --reliability-x=rxx
