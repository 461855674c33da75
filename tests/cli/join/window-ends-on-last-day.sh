. "$SAYDO_ROOT/tests/cli/small.sh"
# A3 answers on 02-29: [03-01, 04-01) ends with the ledger's last day, and is whole.
sed -i 's/^A3,2024-01-10/A3,2024-02-29/' survey.csv
saydo-join study.yml --table=study --format=csv | grep A3
