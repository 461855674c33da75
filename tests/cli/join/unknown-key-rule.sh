. "$SAYDO_ROOT/tests/cli/small.sh"
sed -i 's/^join:/join:\n  key_rules: [strip_zeroes]/' study.yml
saydo-join study.yml
