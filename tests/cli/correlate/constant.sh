printf 'x,y\n3,1\n3,2\n3,5\n3,4\n' >t.csv
saydo-correlate t.csv --x=x --y=y --format=csv
saydo-correlate t.csv --x=y --y=x --format=csv
