. "$SAYDO_ROOT/tests/cli/small.sh"
printf 'M\374ller,2024-01-10,10,4.00\n' >>ledger.csv
saydo-join study.yml
