mkdir t.csv
saydo-correlate t.csv --x=x --y=y
