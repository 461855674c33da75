. "$SAYDO_ROOT/tests/cli/small.sh"
# A copy of the survey: each answer would count twice.
cp survey.csv copy.csv
sed -i 's/^scales:/  - file: copy.csv\n    key: id\n    date: day\nscales:/' study.yml
saydo-validate study.yml --format=csv
