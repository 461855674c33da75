. "$SAYDO_ROOT/tests/cli/small.sh"
# What is written for SPSS and Stata reads back as what is written as CSV.
cp "$SAYDO_ROOT/tests/reference/labelled/small.sav" .
sed -i 's/survey.csv/small.sav/' study.yml
saydo-join study.yml -q -o study.sav -o study.dta -o study.csv
for file in study.csv study.sav study.dta; do
    saydo-correlate $file --x=intent --y=spend --format=csv | cut -d, -f1-5
done
saydo-join study.yml -q -o again.sav
cmp study.sav again.sav && echo the same bytes
