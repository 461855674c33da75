printf 'x,y,w\n1,2,1\n2,3,0\n3,5,-0.5\n4,4,1\n' >t.csv
saydo-curve t.csv --x=x --y=y --curve=linear --weights=w
