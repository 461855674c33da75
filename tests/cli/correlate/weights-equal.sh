# Weights of 2 for all are no weights: the same estimate, n_eff is n.
printf 'x,y,w\n1,2,2\n2,1,2\n3,4,2\n4,3,2\n5,5,2\n' >t.csv
saydo-correlate t.csv --x=x --y=y --weights=w --method=pearson --format=csv | cut -d, -f1-6
