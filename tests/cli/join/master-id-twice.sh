. "$SAYDO_ROOT/tests/cli/small.sh"
# An id that stands twice in the master is one customer.
echo A1 >>customers.csv
saydo-join study.yml --table=matching --format=csv | grep -e master -e match,
