. "$SAYDO_ROOT/tests/cli/small.sh"
sed -i 's/^join:/join:\n  min_match: 80/' study.yml
saydo-join study.yml
