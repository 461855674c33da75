# A row that stands for three is the row three times.
printf 'x,y,n\n1,2,3\n2,1,1\n3,5,2\n4,4,1\n' >t.csv
printf 'x,y\n1,2\n1,2\n1,2\n2,1\n3,5\n3,5\n4,4\n' >long.csv
saydo-correlate t.csv --x=x --y=y --frequency=n --format=csv >a.csv
saydo-correlate long.csv --x=x --y=y --format=csv | diff - a.csv && echo same
