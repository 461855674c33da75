. "$SAYDO_ROOT/tests/cli/small.sh"
sed -i 's/name: intent/name: segment/' study.yml
saydo-join study.yml --table=study --format=csv
