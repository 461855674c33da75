. "$SAYDO_ROOT/tests/cli/small.sh"
# Return lines are negative under the declared sign; here 3 of 3 are positive.
cat >ledger.csv <<'END'
customer,day,document,amount,type
A1,2023-12-01,1,10.00,INV
A1,2024-01-15,2,10.00,CRN
A2,2024-01-15,3,10.00,CRN
A3,2024-01-15,4,10.00,CRN
A3,2024-03-31,5,10.00,INV
END
sed -i 's/^    amount:.*/&\n    type: {column: type, sale: [INV], return: [CRN]}/' study.yml
saydo-join study.yml
