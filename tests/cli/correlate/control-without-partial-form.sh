printf "%s\n" x,y,z 1,2,1 2,1,3 3,4,2 4,3,5 5,5,4 >t.csv
saydo-correlate t.csv --x=x --y=y --method=gamma --control=z
