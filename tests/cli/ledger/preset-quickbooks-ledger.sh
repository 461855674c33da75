# QuickBooks Online general ledger (datasets/formats/quickbooks_ledger/expected.csv has the sums):
# titles, sections, sub-accounts, totals, $(250.00); which accounts are sales must be said.  Then
# the discounts are left to their own account, and the numbers of another office have a minus.
cp "$SAYDO_ROOT"/datasets/formats/quickbooks_ledger/* .
saydo-ledger study.yml --format=csv
sed 's/values: \[4\*\]/values: [4000*, 4010*]/' study.yml >two.yml
saydo-ledger two.yml --format=csv
sed 's/\$(\([0-9.,]*\))/-$\1/g' ledger.csv >minus.csv
sed 's/ledger.csv/minus.csv/; $a\    amount: {sign: leading, column: Amount}' study.yml >minus.yml
saydo-ledger minus.yml --format=csv
sed '/keep/d' study.yml >none.yml
saydo-ledger none.yml
