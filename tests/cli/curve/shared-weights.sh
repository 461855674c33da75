# Under sampling weights the extra sum of squares is no F; at an offset of 1e9 the covariance of
# intercept and slope cannot be inverted.  Both say so.
printf 'x,far,y,g,w\n1,1000000001,3,a,1\n2,1000000002,4,a,2\n3,1000000003,8,a,1\n4,1000000004,7,a,3\n1,1000000001,2,b,1\n2,1000000002,5,b,1\n3,1000000003,5,b,2\n4,1000000004,9,b,1\n' >t.csv
shared() { saydo-curve t.csv --y=y --by=g --curve=linear --format=csv --table=shared "$@" | cut -d, -f5,6,13,15; }
shared --x=x --weights=w | sed 's/\(wald,2,0\.[0-9]\{12\}\)[0-9]*/\1/'
shared --x=far | sed 's/\(f,2,0\.[0-9]\{6\}\)[0-9]*/\1/'
