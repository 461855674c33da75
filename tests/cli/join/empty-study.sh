. "$SAYDO_ROOT/tests/cli/small.sh"
: >study.yml
saydo-join study.yml
