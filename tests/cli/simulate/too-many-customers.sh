saydo-simulate --customers=50000 -o out
