printf 'x,y\n1,2\n2,3\n' >t.csv
saydo-curve t.csv --x=x --y=y --curve=linear,power,logistic --format=csv --table=models
