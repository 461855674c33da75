. "$SAYDO_ROOT/tests/cli/small.sh"
# Four respondents: no model converges, and all of the report is there.
sed -i 's/^behaviours:.*/behaviours: [spend]/' study.yml
saydo-report -q study.yml -o out/ --curve=linear --replicates=19
echo "status $?"
find out -type f | sort | grep -v charts/
