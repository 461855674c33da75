printf "%s\n" a,b,y 1,2,1 2,1,2 3,3,3 4,5,4 5,4,5 >t.csv
saydo-correlate t.csv --compare=a,b:y --y=y
