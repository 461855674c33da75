# The groups of a question of recommendation are no scale; they may be a group.
cat >q.csv <<'E'
R,X,Q3,Q3_NPS_GROUP
a,b,c,c - Group
{ImportId:recordedDate},{ImportId:externalDataReference},{ImportId:QID3},{ImportId:QID3_NPS_GROUP}
2024-01-10,C1,9,Promoter
E
printf 'key,date,amount\nC1,2024-01-01,10.00\nC1,2024-01-20,10.00\nC1,2024-03-20,10.00\n' >l.csv
study() {
    cat >"$1" <<E
study: {name: groups}
surveys: [{file: q.csv, key: X, date: R}]
scales: [{name: recommend, column: "$2", range: [0, 10]}]
groups: [{name: kind, column: Q3_NPS_GROUP}]
ledgers: [{file: l.csv, key: key, date: {column: date, format: "%Y-%m-%d"}, amount: {column: amount, sign: leading}}]
join: {window: {offset: 1d, length: 30d}}
behaviours: [spend]
E
    saydo-join "$1" -q --format=csv
    echo $?
}
study a.yml Q3_NPS_GROUP
study b.yml qid:QID3_NPS_GROUP
study c.yml Q3
