printf 'r,n,u\n0.1,20,0\n' >t.csv
saydo-pool t.csv --r=r --n=n --u=u
