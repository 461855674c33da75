# An option that would be passed over in silence is refused.
saydo-ledger study.yml --weights=w
saydo-ledger --help | grep -c -e --weights -e --by
