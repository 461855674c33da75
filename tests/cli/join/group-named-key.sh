. "$SAYDO_ROOT/tests/cli/small.sh"
sed -i 's/name: segment/name: key/' study.yml
saydo-join study.yml --table=study --format=csv
