. "$SAYDO_ROOT/tests/cli/small.sh"
# A copy of a survey under another name would count each answer twice.
cp survey.csv copy.csv
sed -i 's/^scales:/  - file: copy.csv\n    key: id\n    date: day\nscales:/' study.yml
saydo-join study.yml --table=study --format=csv
