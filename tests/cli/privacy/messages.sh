# Messages tell pseudonyms as well, of errors, of warnings, and in saydo-validate: of A1
# 75wu55442jem76tevpovkitd6u, of 7 2zmdhtnty2emxpicshcmqlycge (python3 as in pseudonyms.sh).
. "$SAYDO_ROOT/tests/cli/small.sh"
(umask 077; echo 'a secret of 26 bytes, more' >key)
cp survey.csv whole.csv
echo 'A1,2024-01-12,x,6' >>survey.csv
saydo-join study.yml --pseudonymise=key
saydo-validate study.yml --pseudonymise=key -q --format=csv
cp whole.csv survey.csv
echo "--- ids that rules make one" >&2
printf '007,2024-01-15,10,1.00\n7,2024-01-16,11,2.00\n' >>ledger.csv
sed -i 's/^join:/join:\n  key_rules: [strip_zeros]/' study.yml
saydo-join study.yml --pseudonymise=key
sed -i 's/^join:/join:\n  collisions: exclude/' study.yml
saydo-join study.yml --pseudonymise=key --format=csv --table=ambiguous
