printf 'q1,q2\n1,2\n' >t.csv
saydo-describe t.csv --x=q3
