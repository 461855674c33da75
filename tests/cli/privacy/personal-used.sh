# What is personal and stands in outputs since the study names it.
. "$SAYDO_ROOT/tests/cli/small.sh"
(umask 077; echo 'a secret of 26 bytes, more' >key)
for f in survey.csv customers.csv ledger.csv; do sed -Ei 's/^([ABZ][0-9Z])\b/\1@example.com/' $f; done
sed -i '1s/^id,day,segment/Email,day,Vorname/' survey.csv
sed -i 's/key: id$/key: Email/; s/column: segment/column: Vorname/; s/key: id}/key: id}/' study.yml
saydo-join study.yml --format=csv --table=study | cut -d, -f1-4
echo "--- with pseudonyms"
saydo-join study.yml --pseudonymise=key --format=csv --table=study | cut -d, -f1-4
