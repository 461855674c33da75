printf 'g,x,y\na,1,2\na,2,1\na,3,3\nb,2,3\nb,1,1\n' >t.csv
saydo-correlate t.csv --x=x --y=y --by=g,g --format=csv
