# r 0.8 and 0.7 of 5, p .1041 and .1881: Holm twice the smaller for both; Hochberg and BH the larger for
# both; BY that times 1 + 1/2.
printf "%s\n" x,y,z 1,2,2 2,1,3 3,4,1 4,3,4 5,5,5 >t.csv
for a in holm hochberg bh by; do
    saydo-correlate t.csv --x=x --y=y,z --method=pearson --adjust=$a --format=csv | cut -d, -f2,10,13 | sed 1d
done
