. "$SAYDO_ROOT/tests/cli/small.sh"
# strip_zeros makes 007 and 7 of the ledger one id.
printf '007,2024-01-15,10,1.00\n7,2024-01-16,11,2.00\n' >>ledger.csv
sed -i 's/^join:/join:\n  key_rules: [strip_zeros]/' study.yml
saydo-join study.yml
