printf 'x,y,w\n1,2,0\n2,1,0\n3,3,0\n4,4,0\n' >t.csv
saydo-correlate t.csv --x=x --y=y --weights=w --format=csv
