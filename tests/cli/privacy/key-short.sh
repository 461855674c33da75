. "$SAYDO_ROOT/tests/cli/small.sh"
echo 'fifteen bytes..' >key
saydo-join study.yml --pseudonymise=key
