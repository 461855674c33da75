. "$SAYDO_ROOT/tests/cli/small.sh"
# Two types are declared, three stand in the file: nothing is guessed.
sed -i '1s/$/,type/; 2,$s/$/,INV/; s/^A2\(.*\)INV/A2\1PAY/; s/^A3\(.*\)INV/A3\1??/' ledger.csv
sed -i 's/^    amount:.*/&\n    type: {column: type, sale: [INV], return: [CRN]}/' study.yml
saydo-join study.yml
