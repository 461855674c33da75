printf 'r,n,year\n0.1,20,1999\n' >t.csv
saydo-pool t.csv --r=r --n=n --moderators=yaer
