# --folds=0: no such table.
printf 'x,y\n1,2\n2,3\n3,5\n4,4\n' >t.csv
saydo-curve t.csv --x=x --y=y --curve=linear --folds=0 --format=csv --table=validation
