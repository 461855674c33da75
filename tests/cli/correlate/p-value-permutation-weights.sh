printf "%s\n" x,y,w 1,2,1 2,1,2 3,4,1 4,3,3 5,5,1 >t.csv
saydo-correlate t.csv --x=x --y=y --weights=w --p-value=permutation
