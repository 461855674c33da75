. "$SAYDO_ROOT/tests/cli/small.sh"
# A blank key in the survey and one in the ledger are left out and counted.
echo ',2024-01-10,y,2' >>survey.csv
echo ',2024-01-12,20,5.00' >>ledger.csv
saydo-join study.yml --table=unmatched --format=csv
saydo-join study.yml --table=dropped --format=csv
