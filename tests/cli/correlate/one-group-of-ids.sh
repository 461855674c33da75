# Too many groups to be meant.
awk 'BEGIN { print "g,x,y"; for (i = 1; i <= 100001; i++) print "g" i ",1,2" }' >t.csv
saydo-correlate t.csv --x=x --y=y --by=g
