printf 'x,y\n1,2\n2,1\n' >t.csv
saydo-correlate t.csv --x=x --y=y --seed=-1
