printf '__proto__,constructor,1\nx,1,2\nx,2,1\nx,3,3\n' >t.csv
saydo-correlate t.csv --x=constructor --y=1 --by=__proto__ --method=pearson --format=json --table=correlations | grep -v -e '"note"' -e ' at r = '
