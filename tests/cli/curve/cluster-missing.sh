printf 'x,y,g\n1,2,a\n2,3,\n3,5,b\n4,4,b\n' >t.csv
saydo-curve t.csv --x=x --y=y --curve=linear --cluster=g
