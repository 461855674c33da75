# A Qualtrics export: names, question texts (here with a line end), ImportIds, then answers.
# Line 5 of the file is the first answer.  `auto` tells it, `qualtrics` insists on it.
cat >q.csv <<'X'
RecordedDate,Finished,ExternalReference,Q7
Erfassungsdatum,Beendet,Externe Referenz,"How likely are you
to buy again?"
"{""ImportId"":""recordedDate"",""timeZone"":""UTC""}","{""ImportId"":""finished""}","{""ImportId"":""externalDataReference""}","{""ImportId"":""QID7""}"
2024-01-10 08:28:09,1,C1,5
2024-01-11 09:00:00,1,C2,9
X
cat >l.csv <<'X'
key,date,amount
C1,2024-01-01,10.00
C1,2024-01-20,10.00
C2,2024-03-20,10.00
X
study() {
    cat <<X
study: {name: export}
surveys: [{file: $1, format: $2, key: ExternalReference, date: RecordedDate, keep: [{column: Finished, values: ["1"]}]}]
scales: [{name: intent, column: Q7, range: [1, $3]}]
ledgers: [{file: l.csv, key: key, date: {column: date, format: "%Y-%m-%d"}, amount: {column: amount, sign: leading}}]
join: {window: {offset: 1d, length: 30d}}
behaviours: [purchases]
X
}
study q.csv auto 9 >a.yml
study q.csv qualtrics 7 >b.yml
study l.csv qualtrics 7 >c.yml
saydo-join a.yml -q --format=csv
saydo-join b.yml -q --format=csv
echo $?
saydo-join c.yml -q --format=csv
echo $?
saydo-join -
echo $?
