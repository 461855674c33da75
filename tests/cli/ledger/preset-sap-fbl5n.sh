# SAP's customer line items (datasets/formats/sap_fbl5n/expected.csv has the sums): titles, minus
# behind the amount, subtotals, credit memos among RV.  Then the same list by a user whose profile
# has 1,234.56 and 2024/01/05, and the amounts of the document's currency in EUR: 0000100777 has
# 49.99 - 49.99 + 23.80 + 0.40 left, its 1,100.00 are dollars.
cp "$SAYDO_ROOT"/datasets/formats/sap_fbl5n/* .
saydo-ledger study.yml --format=csv
sed 's|\(..\)\.\(..\)\.\(2024\)|\3/\2/\1|g; y/.,/,./' ledger.txt >us.txt
cat >us.yml <<'END'
study: {name: Another profile}
ledgers:
  - file: us.txt
    preset: sap_fbl5n
    decimal: "."
    thousands: ","
    date: {format: "%Y/%m/%d"}
    amount: {column: "Amount in doc, curr,"}
    currency: {column: Document currency, keep: EUR}
END
saydo-ledger us.yml --format=csv
