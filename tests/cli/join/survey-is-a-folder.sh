. "$SAYDO_ROOT/tests/cli/small.sh"
rm survey.csv && mkdir survey.csv
saydo-join study.yml
