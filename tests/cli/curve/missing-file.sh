saydo-curve t.csv --x=x --y=y
