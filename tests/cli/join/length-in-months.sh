. "$SAYDO_ROOT/tests/cli/small.sh"
sed -i 's/length: 31d/length: 1m/' study.yml
saydo-join study.yml
