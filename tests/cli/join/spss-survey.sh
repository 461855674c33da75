. "$SAYDO_ROOT/tests/cli/small.sh"
# The same survey as SPSS wrote it: recognised by its first bytes, 98 is missing without being
# declared again, groups are called by their labels; then as a file of Stata, with codes.
cp "$SAYDO_ROOT/tests/reference/labelled/small.sav" "$SAYDO_ROOT/tests/reference/labelled/small.dta" .
sed -i 's/survey.csv/small.sav\n    labels: labels/' study.yml
saydo-join study.yml --table=study --format=csv | cut -d, -f1-6
sed -i 's/small.sav/small.dta\n    format: stata/; s/labels: labels/labels: codes/' study.yml
saydo-join study.yml --table=study --format=csv | cut -d, -f1-6
