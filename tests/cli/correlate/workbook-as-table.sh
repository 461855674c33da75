# An Excel workbook, whatever its name: of one sheet it gives what the same table as CSV gives; of
# several nobody says which is meant; .xls is no such workbook.
printf 'x,y\n1,2\n2,3\n3,5\n4,4\n' >table.csv
cp "$SAYDO_ROOT/datasets/formats/shapes/table.xlsx" named.csv
saydo-correlate table.csv --x=x --y=y --format=csv -q >as-csv
saydo-correlate named.csv --x=x --y=y --format=csv -q | cmp - as-csv && cut -d, -f1-6 as-csv
saydo-correlate table.csv --x=x --y=y -q -o book.xlsx
saydo-correlate book.xlsx --x=x --y=y
echo "status $?"
printf '\320\317\021\340\241\261\032\341\0\0\n' >old.csv
saydo-correlate old.csv --x=x --y=y
