. "$SAYDO_ROOT/tests/cli/small.sh"
# Two waves of the same people: one row each.
sed 's/2024-01-10/2024-01-20/' survey.csv >second.csv
sed -i 's/^scales:/  - file: second.csv\n    key: id\n    date: day\nscales:/' study.yml
saydo-join study.yml --table=study --format=csv | cut -d, -f1-8
