. "$SAYDO_ROOT/tests/cli/small.sh"
# The draft takes the range, the labels and the wording from the file, and runs.
cp "$SAYDO_ROOT/tests/reference/labelled/small.sav" .
saydo-init small.sav ledger.csv customers.csv -o drafted.yml
sed -n '/^surveys/,/^customers/p' drafted.yml
