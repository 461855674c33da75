printf "%s\n" x,y 1,2 2,1 3,4 4,3 5,5 >t.csv
saydo-curve t.csv --x=x --y=y --replicates=-1
