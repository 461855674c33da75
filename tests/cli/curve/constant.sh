printf 'x,y\n3,1\n3,2\n3,5\n3,4\n' >t.csv
saydo-curve t.csv --x=x --y=y --curve=linear,power --format=csv --table=models
