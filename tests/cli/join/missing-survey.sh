. "$SAYDO_ROOT/tests/cli/small.sh"
rm survey.csv
saydo-join study.yml
