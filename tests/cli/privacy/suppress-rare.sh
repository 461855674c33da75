# Two values of trust among six respondents.
printf '%s\n' intent,trust,spend 1,1,2 2,,3 3,,5 4,2,4 5,,7 6,,6 >table.csv
saydo-correlate table.csv --x=intent,trust --y=spend --suppress-below=4
