printf "%s\n" x,y 1,2 2,1 3,4 4,3 5,5 >t.csv
saydo-correlate t.csv --x=x --y=y --format=csv >a.csv
{ printf '\357\273\277'; sed 's/$/\r/' t.csv; } >u.csv
saydo-correlate u.csv --x=x --y=y --format=csv | cmp - a.csv && echo same
