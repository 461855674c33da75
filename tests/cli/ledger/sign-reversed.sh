# sign: reversed: a minus is a sale.  a: 12.50 + 0.99 - 3.00; b has a return alone.
printf 'key,day,doc,amount\na,2024-01-02,1,-12.50\na,2024-01-02,1,-.99\na,2024-01-05,2,3.00\nb,2024-01-06,3,+4.00\n' >l.csv
study() {
    printf 'study: {name: r}\nledgers:\n  - file: l.csv\n    key: key\n    document: doc\n    date: {column: day, format: "%%Y-%%m-%%d"}\n    amount: %s\n' "$1"
}
study '{column: amount, sign: reversed}' >s.yml
saydo-ledger s.yml --format=csv
study '{column: amount, sign: reversed, refunded: amount}' >t.yml
saydo-ledger t.yml
# The least number of 64 bits has no counterpart.
echo 'c,2024-01-07,4,-92233720368547758.08' >>l.csv
saydo-ledger s.yml
