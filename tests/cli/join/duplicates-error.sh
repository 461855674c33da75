. "$SAYDO_ROOT/tests/cli/small.sh"
echo 'A1,2024-01-12,x,6' >>survey.csv
saydo-join study.yml
