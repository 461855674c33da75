printf 'r,n\n0.1,20\n' >t.csv
saydo-pool t.csv --r=r --n=n --method=RELM
