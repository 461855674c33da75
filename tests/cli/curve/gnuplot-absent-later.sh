# Pictures of an earlier run do not stay beside other numbers.
printf '%s\n' x,y 1,2 2,1 3,4 4,3 5,5 6,5 >t.csv
saydo-curve -q t.csv --x=x --y=y --curve=linear --replicates=19 -o out/
ls out/charts
printf '%s\n' x,y 1,9 2,8 3,4 4,3 5,2 6,0 >t.csv
saydo-curve -q t.csv --x=x --y=y --curve=linear --replicates=19 --no-pictures -o out/
ls out/charts
