. "$SAYDO_ROOT/tests/cli/small.sh"
rm customers.csv
saydo-join study.yml
