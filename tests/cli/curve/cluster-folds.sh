# Rows that --cluster keeps together are together in the folds, as those of --customer are.
awk 'BEGIN { print "x,y,c"; for (i = 0; i < 60; i++) print 1 + i % 7 "," (i * 37) % 11 + 2 * (i % 7) "," int(i / 3) }' >t.csv
validate() { saydo-curve t.csv --x=x --y=y --curve=linear,quadratic --format=csv --table=validation "$@" | cut -d, -f3,5,6; }
validate --cluster=c >cluster
validate --customer=c >customer
validate --customer=x --cluster=c >both
validate --customer=x >x
validate >rows
cmp cluster customer && cmp both x && ! cmp -s cluster rows && ! cmp -s both cluster && echo 'as they should'
