. "$SAYDO_ROOT/tests/cli/small.sh"
echo 'A5,2024-01-10,y' >>survey.csv
saydo-join study.yml
