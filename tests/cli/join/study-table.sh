. "$SAYDO_ROOT/tests/cli/small.sh"
# The table study, counted by hand in small.sh.
saydo-join study.yml --table=study --format=csv
