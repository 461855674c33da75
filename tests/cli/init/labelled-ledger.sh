# No draft is made of a ledger that no run could read.
cp "$SAYDO_ROOT/tests/reference/labelled/small.sav" "$SAYDO_ROOT/tests/reference/labelled/small.dta" .
saydo-init small.sav small.dta -o drafted.yml
