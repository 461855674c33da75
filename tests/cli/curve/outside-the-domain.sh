# ln x and x^b are not defined at x = 0.
printf 'x,y\n0,1\n1,2\n2,5\n3,4\n4,6\n' >t.csv
saydo-curve t.csv --x=x --y=y --curve=logarithmic --format=csv --table=models
