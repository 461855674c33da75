# 8 of 10 pairs are concordant: 1 + 4 + 9 of the 5! = 120 orders have at most 2 discordant ones, p = 2 * 14 / 120.
# With a tie there is no exact p-value, and none is put in its place.
printf "%s\n" x,y 1,2 2,1 3,4 4,3 5,5 >t.csv
printf "%s\n" x,y 1,2 2,1 3,4 4,3 5,4 >u.csv
for f in t u; do
    saydo-correlate $f.csv --x=x --y=y --method=kendall --p-value=exact --format=csv | cut -d, -f3,6,8,10,16
done
