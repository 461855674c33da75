. "$SAYDO_ROOT/tests/cli/small.sh"
# The survey is given where the study file should be.
saydo-join survey.csv
