# The reader of a pipe goes away: no message, no core.
awk 'BEGIN { print "g,x,y"; for (i = 1; i <= 30000; i++) print "g" int((i + 2) / 3) "," i % 7 "," i % 5 }' >t.csv
saydo-correlate t.csv --x=x --y=y --by=g --method=pearson --format=csv | head -n 1 | cut -d, -f1-3
