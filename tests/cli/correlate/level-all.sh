# A level that is called like the margin.
printf 'g,x,y\n(all),1,2\n(all),2,1\n(all),3,3\nb,2,3\nb,1,1\n' >t.csv
saydo-correlate t.csv --x=x --y=y --by=g --method=pearson --format=csv
