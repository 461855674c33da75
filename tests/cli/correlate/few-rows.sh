# 0 to 3 complete rows in a cell: a status each, no number that is not defined.
cat >t.csv <<'END'
g,x,y
none,,1
none,1,
one,1,2
two,1,2
two,2,1
three,1,2
three,2,4
three,3,3
END
saydo-correlate t.csv --x=x --y=y --by=g --format=csv
