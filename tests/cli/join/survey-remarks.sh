# What is said of the answers that a study does not leave out: a preview and spam, one unfinished;
# two without a submitdate; rows that Excel hides, an error cell.  With the filters of
# datasets/formats/qualtrics/study.yml nothing is said.
here=$SAYDO_ROOT/datasets/formats
for f in qualtrics/numeric.csv limesurvey/codes.csv qualtrics/numeric.xlsx; do
    cp "$here/$f" "${f#*/}"
done
cp "$here/qualtrics/ledger.csv" "$here/qualtrics/customers.csv" .
study() { # FILE KEY DATE
    cat >s.yml <<E
study: {name: remarks}
surveys: [{file: $1, key: $2, date: $3}]
customers: {file: customers.csv, key: id}
ledgers: [{file: ledger.csv, key: customer, document: document, date: {column: day, format: "%Y-%m-%d"}, amount: {column: amount, sign: leading}}]
join: {window: {offset: 1d, length: 180d}}
behaviours: [spend]
E
    saydo-join s.yml --format=csv --table=matching >matching.csv
    grep -E '^(responses|survey)|filter|blank|usable' matching.csv
}
study numeric.csv ExternalReference RecordedDate
study codes.csv token startdate
study codes.csv token submitdate
study numeric.xlsx ExternalReference RecordedDate
