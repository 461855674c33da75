. "$SAYDO_ROOT/tests/cli/small.sh"
# 4 of 5 found is less than 0.9: exit 4, and the output is whole.
sed -i 's/^join:/join:\n  min_match: 0.9/' study.yml
saydo-join study.yml --table=study --format=csv
status=$?
saydo-join study.yml -o out/ -q --no-pictures
echo "again: $?"
ls out out/tables
exit $status
