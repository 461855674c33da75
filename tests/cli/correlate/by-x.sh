printf 'x,a,b\na,1,2\na,2,1\na,3,3\na,4,4\n' >t.csv
saydo-correlate t.csv --x=a --y=b --by=x --method=pearson --format=csv
