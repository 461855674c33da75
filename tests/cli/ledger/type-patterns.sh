# SIX is written out and a return, SI1 a sale by SI*, 4711 a payment, 4999 a sale by its range; other
# 4... are ignored; lines of unit B are not kept.  Spend of A: 10 - 1 + 20 = 29.
cat >t.csv <<'END'
key,day,doc,amount,type,unit
A,2024-01-05,1,10,SI1,A
A,2024-01-05,2,-1,SIX,A
A,2024-01-06,3,20,4999,A
A,2024-01-06,4,40,4711,A
A,2024-01-06,5,80,400,A
A,2024-01-06,6,160,SI1,B
END
cat >s.yml <<'END'
study: {name: x}
ledgers:
  - file: t.csv
    key: key
    document: doc
    date: {column: day}
    amount: {column: amount}
    type: {column: type, sale: ["SI*", 4500..4999], return: [SIX], payment: [4711], ignore: ["4*"]}
    keep: [{column: unit, values: [A]}]
END
saydo-ledger s.yml --format=csv
saydo-ledger s.yml --format=csv --table=dropped
