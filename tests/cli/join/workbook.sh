. "$SAYDO_ROOT/tests/cli/small.sh"
# Survey and customers from sheets of a workbook: the same figures as from small.sh's files, where
# A1 is 0000001 (a 1 shown so by its number format) and ZZ 0000026.
cp "$SAYDO_ROOT/tests/reference/xlsx/study.xlsx" .
sed -i 's/A\([1-4]\),/000000\1,/; s/B9,/0000009,/' ledger.csv
sed -i 's/survey.csv/study.xlsx\n    sheet: Answers/; s/file: customers.csv/file: study.xlsx, sheet: Customers/' study.yml
saydo-join study.yml --table=study --format=csv
saydo-join study.yml --table=unmatched --format=csv
