. "$SAYDO_ROOT/tests/cli/small.sh"
sed -i 's/^    date: day/&\n    keep: [{column: segment, values: [z]}]/' study.yml
saydo-join study.yml
