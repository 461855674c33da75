printf "%s\n" x,y 1,2 2,1 3,4 4,3 5,5 >t.csv
saydo-correlate t.csv --x=x --y=y --method=pearson --p-value=exact
