. "$SAYDO_ROOT/tests/cli/small.sh"
saydo-join study.yml --table=matched
