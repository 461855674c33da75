. "$SAYDO_ROOT/tests/cli/small.sh"
echo 'B9,,y,2' >>survey.csv
saydo-join study.yml --table=unmatched --format=csv
