. "$SAYDO_ROOT/tests/cli/small.sh"
sed -i 's/^A3,2024-01-10/A3,2024-03-01/' survey.csv
sed -i 's/length: 31d/length: 31d, censored: keep/' study.yml
saydo-join study.yml --table=study --format=csv
