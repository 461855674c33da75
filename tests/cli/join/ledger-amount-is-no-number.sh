. "$SAYDO_ROOT/tests/cli/small.sh"
sed -i 's/12.00/12,00x/; s/,12,00x/,12.00x/' ledger.csv
saydo-join study.yml
