printf 'q1,q2\n1,2\n2,1\n' >t.csv
saydo-describe t.csv --x=q1 --range=low,high
