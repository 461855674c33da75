. "$SAYDO_ROOT/tests/cli/small.sh"
echo 'a secret of 26 bytes, more' >key
chmod 644 key
saydo-join study.yml --pseudonymise=key --format=csv --table=study | wc -l
