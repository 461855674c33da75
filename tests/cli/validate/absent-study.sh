. "$SAYDO_ROOT/tests/cli/small.sh"
saydo-validate nothing.yml
