# Who types the key itself is told so, without it.
. "$SAYDO_ROOT/tests/cli/small.sh"
saydo-join study.yml --pseudonymise=tr0ub4dor-and-3-of-his-friends
