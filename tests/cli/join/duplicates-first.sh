. "$SAYDO_ROOT/tests/cli/small.sh"
echo 'A1,2024-01-12,x,6' >>survey.csv
sed -i 's/^    date: day/&\n    duplicates: first/' study.yml
saydo-join study.yml --table=study --format=csv | grep A1
saydo-join study.yml --table=unmatched --format=csv
