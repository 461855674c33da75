# y = 1 + 2 x without noise.
printf 'x,y\n1,3\n2,5\n3,7\n4,9\n' >t.csv
saydo-curve t.csv --x=x --y=y --curve=linear --format=csv --table=terms | cut -d, -f1-5
