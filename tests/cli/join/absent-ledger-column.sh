. "$SAYDO_ROOT/tests/cli/small.sh"
sed -i 's/column: amount/column: amuont/' study.yml
saydo-join study.yml
