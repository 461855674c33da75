. "$SAYDO_ROOT/tests/cli/small.sh"
# Two lines of one document, one on the window's last day and one on the day after it: one
# purchase, and only the line inside counts.
printf 'A4,2024-02-10,50,3.00\nA4,2024-02-11,50,4.00\n' >>ledger.csv
saydo-join study.yml --table=study --format=csv | grep A4
