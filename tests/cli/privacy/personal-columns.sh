# Columns that are personal are told, and not copied; what looks like an address is masked.
. "$SAYDO_ROOT/tests/cli/small.sh"
cat >survey.csv <<'END'
id,day,segment,q1,RecipientEmail,Source,Comment
A1,2024-01-10,x,7,ann@example.com,10.0.0.1,
A2,2024-01-10,x,5,ben@example.com,10.0.0.2,
A3,2024-01-10,y,3,cem@example.com,10.0.0.3,
A4,2024-01-10,y,1,dan@example.com,10.0.0.4,
ZZ,2024-01-10,y,4,eva@example.com,2001:db8::5,ask eva@work.example
END
sed -i '1s/$/,ContactName/; 2,$s/$/,Ann Lee/' ledger.csv
echo ',2024-01-15,12,1.00,Ann Lee' >>ledger.csv
saydo-validate study.yml
echo "--- unmatched"
saydo-join study.yml --format=csv --table=unmatched
echo "--- dropped"
saydo-join study.yml --format=csv --table=dropped
saydo-join study.yml --no-pictures -q -o out/
sed -n '/"privacy"/,/}/p' out/manifest.json
