# A terminal's control characters in data are shown, not obeyed.
printf 'g,x,y\n\033[31mred\033[0m,1,2\n\033[31mred\033[0m,2,1\n' >t.csv
saydo-correlate t.csv --x=x --y=y --by=g --method=pearson | cat -v | sed -n 6,8p
saydo-correlate t.csv --x=g --y=y
