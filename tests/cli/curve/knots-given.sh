# y = x up to 3, then 3 x - 6, up to 6, then 12: a broken line with knots 3 and 6, plus and minus
# 1 in turn, so that each mean stands on it: a 0, b 1, c 2, d -3.  hinge takes one knot, not two.
for x in 1 2 3 4 5 6 7 8; do
    y=$((x <= 3 ? x : x <= 6 ? 3 * x - 6 : 12))
    printf '%d,%d\n%d,%d\n' $x $((y - 1)) $x $((y + 1))
done | (echo x,y; cat) >t.csv
saydo-curve t.csv --x=x --y=y --curve=three_zone --knots=3,6 --format=csv --table=models |
    cut -d, -f3-6,8
saydo-curve t.csv --x=x --y=y --curve=three_zone --knots=3,6 --format=csv --table=terms |
    cut -d, -f4,5 | awk -F, 'NR > 1 { v = sprintf("%.9f", $2); sub(/^-0\.0+$/, "0.000000000", v); print $1, v }'
saydo-curve t.csv --x=x --y=y --curve=hinge,linear --knots=3,6
