# Projects of a customer, as QuickBooks writes them.  Smith bought 10 + 5 in [01-11, 02-10), Jones 7.  As
# written only 10 of Smith's are found.  The rule parent finds both: Smith's two names are one customer
# by intention.  So does key_ends_at, which reads what stands before the colon, and so does a mapping
# file, which says that both are his.
printf 'id,day,q1\nSmith,2024-01-10,6\nJones,2024-01-10,3\n' >survey.csv
printf 'name,day,amount\nJones:Bath:Tiles,2024-01-21,7.00\nJones:Bath:Tiles,2024-03-01,1.00\n' >jones.csv
(cat jones.csv; printf 'Smith,2024-01-12,10.00\nSmith:Kitchen,2024-01-20,5.00\n') >ledger.csv
cat >study.yml <<'END'
study: {name: Projects}
surveys: [{file: survey.csv, key: id, date: day}]
scales: [{name: intent, column: q1, range: [1, 7]}]
ledgers: [{file: ledger.csv, key: name, date: {column: day}, amount: {column: amount}}]
join: {key_rules: [trim, "parent::"], window: {offset: 1d, length: 30d}}
behaviours: [spend]
END
sed 's/, "parent::"//' study.yml >whole.yml
saydo-join -q whole.yml --table=study --format=csv
saydo-join -q study.yml --table=study --format=csv
sed 's/key: name/key: name, key_ends_at: ":"/' whole.yml >part.yml
saydo-join -q part.yml --table=study --format=csv
printf 'who,account\nSmith,Smith\nSmith,Smith:Kitchen\nJones,Jones:Bath:Tiles\n' >accounts.csv
sed 's/join: {/join: {mapping: {file: accounts.csv, respondent: who, account: account}, /' whole.yml >mapped.yml
saydo-join -q mapped.yml --table=study --format=csv
# Mapping and rule together: the accounts Smith and Smith:Kitchen are one, so its rows repeat each other.
sed 's/join: {/join: {mapping: {file: accounts.csv, respondent: who, account: account}, /' study.yml >both.yml
saydo-join -q both.yml --table=study --format=csv
