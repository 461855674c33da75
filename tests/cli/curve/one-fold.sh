printf 'x,y\n1,2\n2,3\n3,5\n4,4\n' >t.csv
saydo-curve t.csv --x=x --y=y --folds=1
