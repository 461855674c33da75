# 10,000 groups of 3 rows, and the margin.
awk 'BEGIN { print "g,x,y"; for (i = 1; i <= 30000; i++) print "g" int((i + 2) / 3) "," i % 7 "," i % 5 }' >t.csv
saydo-correlate t.csv --x=x --y=y --by=g --method=pearson --format=csv >out.csv
echo "status $?"
wc -l <out.csv
tail -n 1 out.csv | cut -d, -f1-5
