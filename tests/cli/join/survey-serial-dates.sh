# A survey whose days are Excel's numbers: 45301.5 is noon of 2024-01-10, the day that small.sh has; 60
# is no day.
. "$SAYDO_ROOT/tests/cli/small.sh"
sed -i 's/2024-01-10/45301.5/' survey.csv
sed -i 's/^    date: day$/    date: day\n    date_format: excel/' study.yml
saydo-join -q study.yml --table=study --format=csv
sed -i 's/45301.5/60/' survey.csv
saydo-join -q study.yml --table=study --format=csv
