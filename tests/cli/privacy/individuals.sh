# Tables of one row per customer are not shown.
. "$SAYDO_ROOT/tests/cli/small.sh"
saydo-ledger study.yml --suppress-below=2
saydo-join study.yml --suppress-below=2 --table=study
