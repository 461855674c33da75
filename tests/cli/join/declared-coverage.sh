. "$SAYDO_ROOT/tests/cli/small.sh"
# Declared to end on 02-09, one day before the windows do: nobody is left.
sed -i 's/^    amount:.*/&\n    coverage: {from: 2023-12-01, to: 2024-02-09}/' study.yml
saydo-join study.yml --table=matching --format=csv | grep window
