. "$SAYDO_ROOT/tests/cli/small.sh"
sed -i 's/^A3.*/A3,2024-01-10,y,often/' survey.csv
saydo-join study.yml
