printf 'r,n\n0.1,20\n1.2,30\n' >t.csv
saydo-pool - --r=r --n=n <t.csv
