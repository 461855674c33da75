printf 'id,x,y\n1,1,2\n2,2,3\n,3,5\n2,4,4\n' >t.csv
saydo-curve t.csv --x=x --y=y --customer=id
