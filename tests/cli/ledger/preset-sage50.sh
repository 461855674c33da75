# Sage 50's audit trail (datasets/formats/sage50/expected.csv has the sums): of the types only SI and
# SC count, a date has lost its zero.  Then a list with days such as 03/01/2024, and amounts with
# their sign; and cash sales, whose account is the bank, as sales.
cp "$SAYDO_ROOT"/datasets/formats/sage50/* .
saydo-ledger study.yml --format=csv
sed 's/,1032024,/,01032024,/; s|,\([0-9][0-9]\)\([0-9][0-9]\)2024,|,\1/\2/2024,|; s|^\(SC.*returned,\)|\1-|' ledger.csv >list.csv
cat >list.yml <<'END'
study: {name: A list}
ledgers:
  - file: list.csv
    preset: sage50
    date: {format: "%d/%m/%Y"}
    amount: {column: Net Amount, sign: leading}
    type:
      sale: [SI, BR]
      ignore: [PI, PP, JD, JC]
END
saydo-ledger list.yml --format=csv
