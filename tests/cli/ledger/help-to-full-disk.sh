saydo-ledger --help >/dev/full
