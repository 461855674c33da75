printf 'x,y\n1,2\n' >t.csv
saydo-correlate t.csv --x=x --y=y --format=csv
