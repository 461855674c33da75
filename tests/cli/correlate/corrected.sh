# r = 0.8 (by-hand.sh).  Over sqrt(0.64 * 0.81) = 0.72 it is 1.1111, beyond 1 and left so; the limits
# of Fisher's z, tanh(atanh(0.8) -+ 1.959964 / sqrt(2)) = -0.2796, 0.9863, over 0.72.
printf "%s\n" x,y 1,2 2,1 3,4 4,3 5,5 >t.csv
saydo-correlate t.csv --x=x --y=y --min-n=1 --reliability=x:0.64,y:0.81 --format=csv --table=corrected
# One side only: 0.8 / sqrt(0.64) = 1; the counts 2 1 4 3 5 scatter less than chance would.
saydo-correlate t.csv --x=x --y=y --min-n=1 --reliability=x:0.64 --format=csv --table=corrected |
    cut -d, -f5,6,7,8,12,18,22
saydo-correlate t.csv --x=x --y=y --min-n=1 --reliability=x:0.64,y:nbd --format=csv --table=corrected |
    cut -d, -f8,9,10,12,18,22
# Nothing is known: no row; what if, over the roots of 0.7, 0.8 and 0.9.
saydo-correlate t.csv --x=x --y=y --min-n=1 --format=csv --table=corrected
saydo-correlate t.csv --x=x --y=y --min-n=1 --format=csv --table=sensitivity
# Only Pearson's r is a ratio of variances.
saydo-correlate t.csv --x=x --y=y --min-n=1 --method=spearman --reliability=x:0.64 --format=csv --table=corrected
