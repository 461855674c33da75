. "$SAYDO_ROOT/tests/cli/small.sh"
saydo-init survey.csv ledger.csv customers.csv -o study.yml
status=$?
grep name: study.yml | head -n 1
exit $status
