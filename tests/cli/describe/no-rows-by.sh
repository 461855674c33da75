# A table with a header only, in groups: one row for all customers, and what it lacks.
printf 'x,y,g\n' >t.csv
saydo-describe t.csv --x=x --y=y --by=g --format=csv | awk -F, '{ print $1, $2, $3, $NF }'
