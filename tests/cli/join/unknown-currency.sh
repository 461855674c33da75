. "$SAYDO_ROOT/tests/cli/small.sh"
sed -i 's/^    amount:.*/&\n    currency: {column: currency, keep: Euro}/' study.yml
saydo-join study.yml
