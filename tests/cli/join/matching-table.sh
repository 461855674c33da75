. "$SAYDO_ROOT/tests/cli/small.sh"
# 5 responses, 4 found, 1 not; of 4 in the study only A4 bought nothing.  Ledger: 12 lines,
# 11 sales, 1 return; customers A1 A2 A3 B9.  Master: 5 ids.
saydo-join study.yml --table=matching --format=csv
