# gnuplot says more than anyone wants to read.
printf '%s\n' x,y 1,2 2,1 3,4 4,3 5,5 6,5 >t.csv
mkdir bin
printf '#!/bin/sh\n%s\n' 'yes "warning: noise" | head -n 100000 >&2; exit 3' >bin/gnuplot
chmod +x bin/gnuplot
PATH=$PWD/bin:$PATH saydo-curve t.csv --x=x --y=y --curve=linear --replicates=19 -o out/
status=$?
ls out out/charts
exit $status
