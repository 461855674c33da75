# A NetSuite saved search (datasets/formats/netsuite/expected.csv has the sums): one line per
# account, the customer's code before the name.  Then the whole name is the key and the Canadian
# subsidiary counts as well: Delta Yachts 2400.00 - 240.00 + 130.00.
cp "$SAYDO_ROOT"/datasets/formats/netsuite/* .
saydo-ledger study.yml --format=csv
cat >all.yml <<'END'
study: {name: All subsidiaries}
ledgers:
  - {file: ledger.csv, preset: netsuite, keep: [{column: Account, values: [4*]}]}
END
saydo-ledger all.yml --format=csv
