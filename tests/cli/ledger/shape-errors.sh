# What a ledger that is no plain table may say: header not found; a column that is none; too long a
# row; two amounts of a document; two customers; a day outside the period.
study() {
    printf 'study: {name: s}\nledgers:\n  - file: l.csv\n    key: key\n    amount: {column: amount%s\n' "$1" >study.yml
    saydo-ledger study.yml --format=csv
    echo "status $?"
}
plain='}
    date: {column: day}'
printf 'Acme\nJan\nday;key;amount\n' >l.csv
study "$plain
    rows: {header: [day, amount]}"
printf 'key,day,amount\nA,2025-01-01,1,2\n' >l.csv
study "$plain
    rows: {fill_down: [dya]}"
study "$plain
    rows: {section: key}"
study "$plain
    rows: {skip: 0}"
printf 'key,no,day,amount\nA,1,2025-01-01,5.00\nA,1,2025-01-01,5.01\n' >l.csv
study ", once_per: no$plain"
printf 'a,b,key,day,amount\n10,11,A,2025-01-01,5.00\n' >l.csv
study "$plain
    party: {columns: [a, b], range: [10, 19]}"
printf 'EXTF,20210101,20210831\nkey,day,amount\nA,0109,5.00\n' >l.csv
study '}
    date: {column: day, format: "%d%m", period: {row: 1, from: 2, to: 3}}
    rows: {skip: 1}'
