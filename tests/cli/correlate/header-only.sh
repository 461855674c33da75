echo x,y >t.csv
saydo-correlate t.csv --x=x --y=y --format=csv
