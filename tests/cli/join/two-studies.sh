. "$SAYDO_ROOT/tests/cli/small.sh"
saydo-join study.yml study.yml
