. "$SAYDO_ROOT/tests/cli/small.sh"
sed -i 's/offset: 1d/offset: -7d/' study.yml
saydo-join study.yml
