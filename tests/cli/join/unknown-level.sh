. "$SAYDO_ROOT/tests/cli/small.sh"
sed -i 's/column: segment}/column: segment, levels: [x, z]}/' study.yml
saydo-correlate study.yml --by=segment
