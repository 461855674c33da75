printf 'x,y\n1e308,1e308\n-1e308,-1e308\n5e307,1e308\n1e307,-1e308\n' >t.csv
saydo-correlate t.csv --x=x --y=y --format=csv
