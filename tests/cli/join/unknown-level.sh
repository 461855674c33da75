. "$SAYDO_ROOT/tests/cli/small.sh"
# An undeclared level stops an analysis by that group; typed as --by it has no line to tell.
sed -i 's/column: segment}/column: segment, levels: [x, z]}/' study.yml
saydo-join -q study.yml --table=study --format=csv | cut -d, -f1-4
saydo-correlate study.yml --by=segment
echo 'analysis: {by: [segment]}' >>study.yml
saydo-join study.yml
