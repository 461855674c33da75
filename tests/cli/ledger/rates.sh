# 100.00 USD by 0.9134 of the day before: 91.34; 10,000 JPY by 0.00631: 63.10; 1.005 KWD by 3.1:
# 3.1155, 3.12; -0.05 USD by 0.9: -0.045, -0.05; 5 EUR as they are.  Quoted the other way round,
# 150 USD at 1.5 for a euro are 100.
cat >t.csv <<'END'
key,day,amount,cur
A,2024-01-06,100.00,USD
A,2024-01-07,10000,JPY
B,2024-01-07,1.005,KWD
C,2024-01-10,-0.05,usd
C,2024-01-10,5.00,EUR
END
cat >rates.csv <<'END'
currency;date;rate
USD;2024-01-10;0,9
USD;2024-01-05;0,9134
JPY;2024-01-05;0,00631
KWD;2024-01-05;3,1
END
cat >s.yml <<'END'
study: {name: x}
ledgers:
  - file: t.csv
    key: key
    date: {column: day}
    amount: {column: amount}
    currency: {column: cur, to: EUR, rates: rates.csv, quote: home_per_unit, rates_delimiter: ";", rates_decimal: ","}
END
saydo-ledger s.yml --format=csv
saydo-ledger s.yml --format=csv --table=currencies
printf 'D,2024-01-18,1,USD\n' >>t.csv
saydo-ledger s.yml --format=csv
sed -i 's/^D.*/D,2024-01-11,1,GBP/' t.csv
saydo-ledger s.yml --format=csv
printf 'key,day,amount,cur\nA,2024-01-05,150.00,USD\n' >t.csv
sed -i 's/0,9134/1,5/' rates.csv
sed -i 's/home_per_unit/units_per_home/' s.yml
saydo-ledger s.yml --format=csv
printf 'USD;2024-01-11;n/a\n' >>rates.csv
saydo-ledger s.yml --format=csv
