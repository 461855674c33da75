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
