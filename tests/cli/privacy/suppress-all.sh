printf '%s\n' intent,spend 1,2 2,3 3,5 >table.csv
saydo-correlate table.csv --x=intent --y=spend --suppress-below=4
