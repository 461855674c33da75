. "$SAYDO_ROOT/tests/cli/small.sh"
(trap '' XFSZ; ulimit -f 8; saydo-report study.yml -o out/ --curve=linear --replicates=19 --no-pictures -q) >log 2>&1
status=$?
ls -A out
exit $status
