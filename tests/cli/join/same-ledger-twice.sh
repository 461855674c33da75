. "$SAYDO_ROOT/tests/cli/small.sh"
# The same file twice would double every figure.
sed -n '/^ledgers:/,/^join:/p' study.yml | sed '1d;$d' >entry
sed -i '/sign: leading/r entry' study.yml
saydo-join study.yml --table=study --format=csv
