printf 'g,x,y\na,1,2\nb,2,1\n' >t.csv
saydo-correlate t.csv --x=x --y=y --by=g --levels=a,b
