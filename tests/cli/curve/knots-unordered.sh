printf 'x,y\n1,1\n2,2\n3,2\n4,5\n' >t.csv
saydo-curve t.csv --x=x --y=y --curve=three_zone --knots=6,3
