. "$SAYDO_ROOT/tests/cli/small.sh"
sed -i 's/column: q1/column: Q1/' study.yml
saydo-join study.yml
