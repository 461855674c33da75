# A table with a header only, in groups: one row for all customers, and what it lacks.
printf 'x,y,g\n' >t.csv
saydo-correlate t.csv --x=x --y=y --by=g --method=pearson --format=csv | cut -d, -f1-5,17
