cat >l.csv <<'END'
key,date,amount,type
A,2024-01-01,1.00,RV
A,2024-01-02,1.00,RV
B,2024-01-02,1.00,DG
B,2024-01-02,1.00,DZ
END
saydo-ledger l.csv --type=type --sale=RV
