printf 'intent,spend\n1,2\n2,3\n' >t.csv
saydo-correlate t.csv --x=intend --y=spend
