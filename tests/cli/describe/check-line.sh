# A level or a name of the data cannot end the text that it stands in, in the lines for R.
printf 'a b,spend,seg\n' >t.csv
for i in 1 2 3 4 5 6 7 8; do printf "%d,%d,O'Brien\n" $((i % 7 + 1)) $((i * 3 % 11)) >>t.csv; done
saydo-describe t.csv --x='a b' --y=spend --by=seg -o out/ --no-pictures -q
unzip -p out/report.xlsx xl/sharedStrings.xml | grep -o "Check in R: d &lt;- [^;]*; d &lt;- [^;]*; v &lt;- [^;]*" | head -n 1
