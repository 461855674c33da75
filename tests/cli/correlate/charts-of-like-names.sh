# Two behaviours whose names differ beyond ASCII only have a chart each.
printf 'x,収入,支出,g\n' >t.csv
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
    printf '%d,%d,%d,%s\n' $((i % 7 + 1)) $((i * 3 % 11)) $((i * 5 % 11)) $((i % 2)) >>t.csv
done
saydo-correlate t.csv --x=x --y=収入,支出 --by=g --min-n=3 -o out/ --no-pictures -q
ls out/charts
