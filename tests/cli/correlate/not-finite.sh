# Text that some languages read as a number is none; NA and NaN are missing.
printf 'x,y\n1,2\n2,NA\n3,NaN\n4,inf\n' >t.csv
saydo-correlate t.csv --x=x --y=y
