. "$SAYDO_ROOT/tests/cli/small.sh"
sed -i 1q survey.csv
saydo-join study.yml
