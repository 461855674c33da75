. "$SAYDO_ROOT/tests/cli/small.sh"
# Names that a shell, gnuplot or Excel would run: nothing is run, and Excel-safe text is marked.
cat >survey.csv <<'END'
id,day,segment,q1
A1,2024-01-10,`touch pwned`,7
A2,2024-01-10,=cmd|' /C calc'!A0,5
A3,2024-01-10,"""; system(""touch pwned""); """,3
A4,2024-01-10,"two
lines	and a tab",1
END
saydo-join study.yml --table=study --format=csv --excel-safe | cut -d, -f1-4
saydo-correlate study.yml --by=segment -o out/ -q
echo "status $?"
saydo-correlate study.yml --by=segment -o safe/ -q --excel-safe --no-pictures --method=pearson
grep -c "'=cmd" safe/tables/correlations.csv
find . -name 'pwned*'
