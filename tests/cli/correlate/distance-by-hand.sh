# x 0 0 1 1 and y 0 1 0 1: all pairs of values once, so that y is independent of x: dcor = 0, p = 1.
# x and 3x + 2 are a line: dcor = 1.
printf "%s\n" x,y,z 0,0,2 0,1,2 1,0,5 1,1,5 >t.csv
saydo-correlate t.csv --x=x --y=y,z --method=distance --permutations=99 --format=csv | cut -d, -f1-6,16
