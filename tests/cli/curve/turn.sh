# Rises to 4 and falls from there: both tests of a turn say so, and so does a sentence.  By hand:
# means 2 5 8 11 8 5 2 on 1 to 7, five rows each; the two lines of slopes 3 and -3 meet in 4.
for x in 1 2 3 4 5 6 7; do
    for e in -1 -0.5 0 0.5 1; do
        awk -v x=$x -v e=$e 'BEGIN {d = x < 4 ? 4 - x : x - 4; print x "," 11 - 3 * d + e}'
    done
done | { echo x,y; cat; } >t.csv
saydo-curve t.csv --x=x --y=y --curve=linear --format=csv --table=tests |
    awk -F, 'NR > 1 {printf "%s %.6g\n", $3, $9}'
saydo-curve t.csv --x=x --y=y --curve=linear -o out.json && grep -o 'It turns[^"]*\|There is a knot[^"]*' out.json
