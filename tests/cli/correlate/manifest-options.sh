# An option that may be repeated stands in the manifest with all its values.
printf 'intent,spend,a,b\n' >t.csv
for i in 1 2 3 4 5 6 7 8; do printf '%d,%d,%s,%s\n' $((i % 7 + 1)) $((i * 3 % 11)) $((i % 2)) $((i % 3)); done >>t.csv
saydo-correlate t.csv --x=intent --y=spend --by=a,b --levels=a:1,0 --levels=b:2,1,0 -o out/ --no-pictures -q
sed -n '/"options"/,/}/p' out/manifest.json
