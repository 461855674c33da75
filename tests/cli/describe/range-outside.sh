printf 'q1,q2\n1,2\n9,1\n' >t.csv
saydo-describe t.csv --x=q1 --range=1,7 --format=csv --table=scales
