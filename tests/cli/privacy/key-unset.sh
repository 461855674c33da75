. "$SAYDO_ROOT/tests/cli/small.sh"
unset SECRET
saydo-join study.yml --pseudonymise=env:SECRET
