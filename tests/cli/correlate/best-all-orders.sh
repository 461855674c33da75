# 4 customers, 24 orders, all of them taken.  a = y: |r| is 1 for 2 orders; for b (|r| 0.8 with y) the
# order of b and its reverse reach 1 too: 4 of 24 for the best of two.  b alone: |r| >= 0.8 for the 8
# orders at d^2 sums of 0, 2 (3 orders), 18 (3), 20.
printf "%s\n" a,b,y 1,1,1 2,2,2 3,4,3 4,3,4 >t.csv
saydo-correlate t.csv --x=a,b --y=y --method=pearson --permutations=99 --table=best --format=csv
saydo-correlate t.csv --x=a,b --y=y --method=pearson --permutations=99 --table=best --rank-small --format=csv |
    cut -d, -f1,6,10
saydo-correlate t.csv --x=a,b --y=y --method=pearson --table=best | tail -1
