. "$SAYDO_ROOT/tests/cli/small.sh"
: >survey.csv
saydo-join study.yml
