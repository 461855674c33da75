. "$SAYDO_ROOT/tests/cli/small.sh"
# Names that a shell, gnuplot, Excel or a file system would act on, in every place: nothing is
# run, nothing is written outside the folder.
cat >survey.csv <<'END'
id,day,segment,q1
A1,2024-01-10,`touch pwned`,7
A2,2024-01-10,=cmd|' /C calc'!A0,5
A3,2024-01-10,"""; system(""touch pwned""); """,3
A4,2024-01-10,"two
lines	and a tab",1
B9,2024-01-10,../../pwned,2
END
sed -i 's/label:.*//; s/column: q1,/column: q1, label: "`touch pwned` \\" ; system(\\"touch pwned\\") @x {\/Symbol a}",/' study.yml
saydo-report study.yml -o out/ --by=segment --curve=linear --replicates=19 -q
echo "status $?"
find . -name '*pwned*'
grep -l 'touch' out/charts/*.gp
unzip -q -o out/report.xlsx -d x
grep -l '<f>' x/xl/worksheets/*.xml
ls out/tables | wc -l
