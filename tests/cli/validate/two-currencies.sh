. "$SAYDO_ROOT/tests/cli/small.sh"
sed '1s/$/,cur/; 2,$s/$/,USD/' ledger.csv >usd.csv
sed -i '1s/$/,cur/; 2,$s/$/,EUR/' ledger.csv
sed -i 's/^    amount:.*/&\n    currency: {column: cur, keep: EUR}/' study.yml
sed -n '/^ledgers:/,/^join:/p' study.yml | sed '1d;$d; s/ledger.csv/usd.csv/; s/keep: EUR/keep: USD/' >entry
sed -i '/keep: EUR/r entry' study.yml
saydo-validate study.yml
