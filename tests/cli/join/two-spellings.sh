# Two ids of one wave that the rules make one are two people until somebody says otherwise,
# whatever the policy for duplicates; the same customer written differently in two waves is one.
cat >w1.csv <<'X'
id,day,q
123,2024-01-10,5
00123,2024-01-11,2
X
cat >w2.csv <<'X'
id,day,q
123,2024-01-10,5
X
cat >w3.csv <<'X'
id,day,q
00123,2024-02-11,2
X
cat >l.csv <<'X'
key,date,amount,document
00123,2024-01-20,10.00,A
00123,2024-03-20,10.00,B
X
study() {
    echo "study: {name: spellings}"
    echo "surveys:"
    for w in "$@"; do echo "  - {file: $w.csv, key: id, date: day, duplicates: latest}"; done
    echo "scales: [{name: q, column: q, range: [1, 7]}]"
    echo "ledgers: [{file: l.csv, key: key, document: document, date: {column: date, format: '%Y-%m-%d'}, amount: {column: amount, sign: leading}}]"
    echo "join: {key_rules: [strip_zeros], window: {offset: 1d, length: 30d}}"
    echo "behaviours: [purchases]"
}
study w1 >one.yml
study w2 w3 >two.yml
saydo-join one.yml --format=csv
echo $?
saydo-join two.yml --format=csv -q
echo $?
