. "$SAYDO_ROOT/tests/cli/small.sh"
# The day of the answer counts: A2's sale 4 of 99.00 comes in, windows are [01-10, 02-10), and
# A3's sale 6 of 02-10 falls out.
sed -i 's/offset: 1d/offset: 0d/' study.yml
saydo-join study.yml --table=study --format=csv
