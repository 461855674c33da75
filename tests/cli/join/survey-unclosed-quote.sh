. "$SAYDO_ROOT/tests/cli/small.sh"
sed -i 's/^A2,/"A2,/' survey.csv
saydo-join study.yml
