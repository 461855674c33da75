. "$SAYDO_ROOT/tests/cli/small.sh"
sed -i 's/^A3,2024-01-10/A3,2024-02-30/' survey.csv
saydo-join study.yml
