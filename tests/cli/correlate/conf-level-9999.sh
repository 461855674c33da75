# The level is told as it is: 99.99 % is not 100 %.
printf 'x,y\n1,2\n2,1\n3,3\n4,4\n5,2\n' >t.csv
saydo-correlate t.csv --x=x --y=y --method=pearson --conf-level=0.9999 | grep -o '[0-9.]* % interval'
