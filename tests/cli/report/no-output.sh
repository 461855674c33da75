. "$SAYDO_ROOT/tests/cli/small.sh"
saydo-report -q study.yml --no-pictures --curve=linear --replicates=19
status=$?
ls
exit $status
