printf 'x,y,w\n1,2,1\n2,3,1\n3,3,1\n' >t.csv
saydo-correlate t.csv --x=x --y=y --frequency=w --weights=w
