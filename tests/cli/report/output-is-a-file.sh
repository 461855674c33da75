. "$SAYDO_ROOT/tests/cli/small.sh"
echo precious >out
saydo-report study.yml -o out/ --curve=linear --replicates=19
status=$?
cat out
exit $status
