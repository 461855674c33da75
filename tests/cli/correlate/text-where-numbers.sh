printf 'x,y\n1,2\n2,"3,5"\n' >t.csv
saydo-correlate t.csv --x=x --y=y
