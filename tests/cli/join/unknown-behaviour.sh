. "$SAYDO_ROOT/tests/cli/small.sh"
sed -i 's/^behaviours:.*/behaviours: [spent]/' study.yml
saydo-join study.yml
