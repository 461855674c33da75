printf 'x,y\n1,2\n2,1\n3,3\n4,4\n' >t.csv
saydo-correlate t.csv --x=x --y=y -o ''
