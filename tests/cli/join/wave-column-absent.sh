. "$SAYDO_ROOT/tests/cli/small.sh"
sed -i 's/^    date: day/&\n    columns:\n      - {name: q0, column: day}\n      - {name: Q7, column: Q1}/' study.yml
saydo-join study.yml
