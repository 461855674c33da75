. "$SAYDO_ROOT/tests/cli/small.sh"
printf 'intent,spend\n4,10\n' >t.csv
saydo-report -q t.csv --x=intent --y=spend -o out/ --no-pictures
echo "status $?"
cut -d, -f1-5 out/tables/correlations.csv
