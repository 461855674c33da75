. "$SAYDO_ROOT/tests/cli/small.sh"
# All words of a column are one problem, told once; the number outside the range is another.
cat >survey.csv <<'END'
id,day,segment,q1
A1,2024-01-10,x,Agree
A2,2024-01-10,x,Somewhat agree
A3,2024-01-10,y,Agree
A4,2024-01-10,y,9
ZZ,2024-01-10,y,3
END
saydo-validate study.yml --format=csv
