# DATEV's posting batch (datasets/formats/datev_extf/expected.csv has the sums): the debtor in one of
# two columns, S and H, days without a year, CP1252.  Then the discount of account 8730 is no return,
# and only SKR03 is read: 10001 has -119.00 returned.
cp "$SAYDO_ROOT"/datasets/formats/datev_extf/* .
saydo-ledger study.yml --format=csv
cat >own.yml <<'END'
study: {name: Own accounts}
ledgers:
  - file: ledger.csv
    preset: datev_extf
    type:
      sale: [8000..8699]
      ignore: [0..999, 2000..7999, 8700..9999]
END
saydo-ledger own.yml --format=csv
# Reversals: the older name of their column; no such column, so that the posting key alone tells one
# (10001 keeps 238.00 twice, 10044 the credit note of 11.90 twice, and the reversal of 95.20); none.
LC_ALL=C sed 's/;Generalumkehr (GU)/;Generalumkehr/' ledger.csv >older.csv
LC_ALL=C sed '2,$s/;[^;]*$//' ledger.csv >oldest.csv
for f in older oldest; do
    sed "s/ledger.csv/$f.csv/" study.yml >$f.yml
    saydo-ledger $f.yml --format=csv
done
sed 's/, preset/, reversed: [], preset/' study.yml >none.yml
saydo-ledger none.yml --format=csv
saydo-ledger study.yml -o out/ -q && grep reversals out/manifest.json
# A column that is named in the study must be there.
sed 's/, preset/, reversed: [{column: Storno, values: [1]}], preset/' study.yml >wrong.yml
saydo-ledger wrong.yml
echo "status $?"
# Its sides are turned round in reversals as well: told, since they add to the spend.
head -n 2 ledger.csv >turned.csv
printf '%s\n' '238,00;"S";"EUR";;;"";10001;8400;"";0502;"R1";"";;"";""' '238,00;"H";"EUR";;;"";10001;8400;"";0602;"R1";"";;"";"1"' >>turned.csv
sed 's/ledger.csv/turned.csv/' study.yml >turned.yml
saydo-ledger turned.yml --format=csv
# A reversal by the sign of the type, and of a plain table.
printf 'id,day,kind,sum,storno\nA,2024-01-05,SI,10.00,no\nA,2024-01-06,SI,10.00,yes\nA,2024-01-07,SC,4.00,no\nA,2024-01-08,SC,4.00,yes\nA,2024-01-09,SI,5.00,no\n' >plain.csv
cat >plain.yml <<'END'
study: {name: Plain}
ledgers:
  - file: plain.csv
    key: id
    date: {column: day}
    amount: {column: sum, sign: by_type}
    type: {column: kind, sale: [SI], return: [SC]}
    reversed: [{column: storno, values: ["yes"]}]
END
saydo-ledger plain.yml --format=csv
