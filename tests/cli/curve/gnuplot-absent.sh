# No gnuplot: exit 5, all else is written; --no-pictures does not ask for it.
printf '%s\n' x,y 1,2 2,1 3,4 4,3 5,5 6,5 >t.csv
mkdir bin
saydo_curve=$(command -v saydo-curve)
(PATH=$PWD/bin $saydo_curve t.csv --x=x --y=y --curve=linear --replicates=19 -o out/)
status=$?
ls out out/charts
(PATH=$PWD/bin $saydo_curve t.csv --x=x --y=y --curve=linear --replicates=19 --no-pictures -q -o out2/)
echo "without pictures: $?"
exit $status
