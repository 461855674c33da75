printf 'x,y\n1,2\n2,1\n3,3\n4,4\n' | saydo-correlate - --x=x --y=y --method=pearson --format=csv
