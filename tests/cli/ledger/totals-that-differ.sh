# Totals of sections against their lines.  Of the general ledger of QuickBooks line 16 (3,000.00 of
# 4000 Landscaping Services, whose total with sub-accounts is 8,130.00) is taken out by hand, and an
# amount of Discounts given becomes -30.00.  Whole it has 5 totals, and Xero's two-column report 3:
# all are the sums of their lines.
cp "$SAYDO_ROOT"/datasets/formats/quickbooks_ledger/* .
saydo-ledger study.yml -o whole/ -q && grep 'compared' whole/manifest.json
sed -e 16d -e 's/customer,1100 Accounts Receivable (A\/R),\$(40.00)/customer,1100 Accounts Receivable (A\/R),$(30.00)/' ledger.csv >cut.csv
sed 's/ledger.csv/cut.csv/' study.yml >cut.yml
saydo-ledger cut.yml --format=csv
saydo-validate cut.yml --format=csv 2>/dev/null | grep -c 'sum to'
cp "$SAYDO_ROOT"/datasets/formats/xero_transactions/* .
saydo-ledger study.yml -o xero/ -q && grep 'compared' xero/manifest.json
# Where the headings are customers they are not named; more than three are counted.
cat >by-customer.csv <<'END'
Customer,Date,Invoice,Amount
Jo Doe
,2025-01-07,1,100.00
Total Jo Doe,,,90.00
Ann Ray
,2025-01-08,2,50.00
Total Ann Ray,,,50.00
Kim Lee
,2025-01-09,3,1.00
Total Kim Lee,,,2.00
Pat Low
,2025-01-09,4,1.00
Total Pat Low,,,3.00
Sam Fox
,2025-01-09,5,1.00
Total Sam Fox,,,4.00
END
cat >by-customer.yml <<'END'
study: {name: By customer}
ledgers:
  - file: by-customer.csv
    rows: {section: Buyer, totals: ["Total *"]}
    key: Buyer
    document: Invoice
    date: {column: Date}
    amount: {column: Amount}
END
saydo-ledger by-customer.yml --format=csv
