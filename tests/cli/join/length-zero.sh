. "$SAYDO_ROOT/tests/cli/small.sh"
sed -i 's/length: 31d/length: 0d/' study.yml
saydo-join study.yml
