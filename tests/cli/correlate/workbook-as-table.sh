# An Excel workbook, whatever its name.
printf 'x,y\n1,2\n2,3\n3,5\n4,4\n' >table.csv
saydo-correlate table.csv --x=x --y=y -q -o book.xlsx
saydo-correlate book.xlsx --x=x --y=y
printf '\320\317\021\340\241\261\032\341\0\0\n' >old.csv
saydo-correlate old.csv --x=x --y=y
