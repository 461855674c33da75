# One cell has four rows, the other is constant: a word for each test, no number.
printf 'g,x,y\na,1,2\na,2,3\na,3,5\na,4,4\nb,1,1\nb,1,1\nb,1,1\nb,1,1\nb,1,1\nb,1,1\n' >t.csv
saydo-curve -q t.csv --x=x --y=y --by=g --curve=linear --replicates=19 --format=csv --table=tests |
    awk -F, '$1 != "(all)" {print $1, $4, $NF}'
saydo-curve -q t.csv --x=x --y=y --by=g --curve=linear --replicates=19 --format=csv --table=shared
