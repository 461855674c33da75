. "$SAYDO_ROOT/tests/cli/small.sh"
saydo-join stduy.yml
