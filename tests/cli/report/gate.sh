. "$SAYDO_ROOT/tests/cli/small.sh"
# The gate fails: exit 4, the report is whole.
sed -i 's/^join:/join:\n  min_match: 0.9/' study.yml
saydo-report study.yml -o out/ --curve=linear --replicates=19 --no-pictures -q
status=$?
ls out
grep -h '"respondents' out/manifest.json
exit $status
