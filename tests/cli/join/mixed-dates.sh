. "$SAYDO_ROOT/tests/cli/small.sh"
sed -i 's/^A3,2024-01-10/A3,13.01.2024/' survey.csv
saydo-join study.yml
