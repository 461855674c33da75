# x 1..5, y a permutation: sum of d^2 = 4, so Spearman = Pearson = 1 - 6*4/(5*24) = 0.8.
printf "%s\n" x,y 1,2 2,1 3,4 4,3 5,5 >t.csv
saydo-correlate t.csv --x=x --y=y --method=pearson,spearman --format=csv | cut -d, -f1-6
