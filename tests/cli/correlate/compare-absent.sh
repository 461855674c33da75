printf "%s\n" intent,b,y 1,2,1 2,1,2 3,3,3 4,5,4 5,4,5 >t.csv
saydo-correlate t.csv --compare=b,intend --y=y
