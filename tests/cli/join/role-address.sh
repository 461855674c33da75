. "$SAYDO_ROOT/tests/cli/small.sh"
# Addresses by what the e-mail rules do; Info@ may be several people.
sed -i 's/^A1,/Info@X.org,/; s/^A2,/ann+news@gmail.com,/' survey.csv
sed -i 's/^A1/info@x.org/; s/^A2/A.nn@googlemail.com/' customers.csv ledger.csv
sed -i 's/^join:/join:\n  key_rules: [email]/' study.yml
saydo-join study.yml --table=what_if --format=csv
sed -i 's/\[email\]/[email_gmail]/' study.yml
saydo-join study.yml --table=study --format=csv -q | cut -d, -f1-6
