# r 0.8 of 5 and 0.9 of 5 (d^2 sums of 4 and 2): z = (atanh .8 - atanh .9) / sqrt(2 / 2) = -0.37361.
printf "%s\n" x,y,g 1,2,p 2,1,p 3,4,p 4,3,p 5,5,p 1,2,q 2,1,q 3,3,q 4,4,q 5,5,q >t.csv
saydo-correlate t.csv --x=x --y=y --by=g --method=pearson --table=contrasts --format=csv
