. "$SAYDO_ROOT/tests/cli/small.sh"
# q1 would be two columns; two that change their names for each other are fine.
sed -i '1s/q1/q1,q2/; 2,$s/$/,7/' survey.csv
sed -i 's/^    date: day/&\n    columns:\n      - {name: q1, column: q2}/' study.yml
saydo-join study.yml
sed -i 's/- {name: q1, column: q2}/&\n      - {name: q2, column: q1}/' study.yml
saydo-join study.yml --table=study --format=csv | cut -d, -f1-4
