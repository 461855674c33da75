# Columns of a Qualtrics export by their ImportIds, everywhere a study names one; what is near to
# an alias is told.  C1 answered on day 10: 10.00 in its window; C2 nothing, he is in the master.
cat >q.csv <<'E'
R,F,X,Q7,G,W
a,b,c,d,e,f
{ImportId:recordedDate},{ImportId:finished},{ImportId:externalDataReference},{ImportId:QID7},{ImportId:seg},{ImportId:w}
2024-01-10,1,C1,5,a,2
2024-01-11,1,C2,6,b,1
2024-01-11,0,C3,6,b,1
E
printf 'key,date,amount\nC9,2024-01-01,10.00\nC1,2024-01-20,10.00\nC9,2024-03-20,10.00\n' >l.csv
printf 'id\nC1\nC2\n' >c.csv
study() { # FILE KEY SCALE GROUP
    cat >"$1" <<E
study: {name: aliases}
surveys: [{file: q.csv, key: "$2", date: "qid:recordedDate", keep: [{column: "qid:finished", values: ["1"]}]}]
scales: [{name: intent, column: "$3", range: [1, 7]}]
groups: [{name: segment, column: "$4"}]
customers: {file: c.csv, key: id}
ledgers: [{file: l.csv, key: key, date: {column: date, format: "%Y-%m-%d"}, amount: {column: amount, sign: leading}}]
join: {window: {offset: 1d, length: 30d}}
behaviours: [spend]
analysis: {weights: "qid:w"}
E
    saydo-join "$1" -q --format=csv
    echo $?
}
study a.yml qid:externalDataReference qid:QID7 qid:seg
study b.yml qid:externalDataReference qid:QDI7 qid:seg
study c.yml qid:externalDataRefrence qid:QID7 qid:seg
study d.yml qid:externalDataReference qid:QID7 qid:sge
study e.yml nothing qid:QID7 qid:seg
