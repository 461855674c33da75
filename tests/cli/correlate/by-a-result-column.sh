# A grouping column that is called like a column of the results.
printf 'method,x,y\na,1,2\na,2,1\na,3,3\na,4,4\n' >t.csv
saydo-correlate t.csv --x=x --y=y --by=method --method=pearson --format=csv
