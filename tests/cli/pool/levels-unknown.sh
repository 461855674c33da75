printf 'r,n,w\n0.1,20,a\n0.2,20,b\n' >t.csv
saydo-pool t.csv --r=r --n=n --moderators=w --levels=w:a,c
