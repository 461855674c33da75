# The ledgers of the command line stand in the manifest with hash and number of lines; a name
# that is no UTF-8 does too.
printf 'key,date,amount\nA,2024-01-02,1.00\nB,2024-01-03,2.00\n' >a.csv
printf 'key,date,amount\nA,2024-02-02,1.00\n' >"$(printf 'b\351.csv')"
saydo-ledger a.csv "$(printf 'b\351.csv')" -o out/ -q
sed -n '/"inputs"/,/}/p;/"counts"/,/}/p' out/manifest.json
sha256sum a.csv | cut -c1-16
