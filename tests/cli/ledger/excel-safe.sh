# Text cells that begin with = + - @, a tab or a carriage return get an apostrophe; numbers do not.
cat >l.csv <<'END'
key,date,amount
=1+1,2024-01-01,-1.00
+1,2024-01-01,1.00
-1,2024-01-01,1.00
@SUM(A1),2024-01-01,1.00
"	=1+1",2024-01-01,1.00
"'x",2024-01-01,1.00
END
saydo-ledger l.csv --format=csv --excel-safe
saydo-ledger l.csv --format=csv
