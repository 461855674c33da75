. "$SAYDO_ROOT/tests/cli/small.sh"
sed -i 's/^scales:/  - file: survey.csv\n    key: id\n    date: day\nscales:/' study.yml
saydo-join study.yml --table=study --format=csv
