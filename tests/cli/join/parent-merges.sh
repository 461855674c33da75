# What the rule parent does to all that is counted.  In [01-11, 02-10):
#   Smith   documents 1 (10 + 5) and 3 (10 + 10 on two days), each under two names, and -1 given back:
#           2 purchases, 2 days, spend 34
#   Jones   only as Jones:Bath: 7; not merged with anybody, but found by the rule
#   Ltd:A, Ltd:B answer for one customer: the later answer counts
# The ledger has 8 ids: Smith's three, Jones:Bath, Ltd, Ltd:A, Other and Other:Intern; two of Other's
# and two of Ltd's and three of Smith's are merged: 7 into 3.  The master has Smith's two, of which the
# first gives the area; the second says another.
cat >survey.csv <<'END'
id,day,q1
Smith,2024-01-10,6
Jones,2024-01-10,3
Ltd:A,2024-01-09,2
Ltd:B,2024-01-10,5
END
cat >ledger.csv <<'END'
name,day,doc,amount
Smith:Kitchen,2024-01-12,1,10.00
Smith,2024-01-12,1,5.00
Smith:Bath:Tiles,2024-01-14,2,-1.00
Smith:Kitchen,2024-01-12,3,10.00
Smith,2024-01-13,3,10.00
Jones:Bath,2024-01-21,4,7.00
Ltd,2024-02-09,5,8.00
Ltd:A,2024-01-12,6,9.00
Other,2024-01-12,7,2.00
Other:Intern,2023-12-01,8,100.00
Other,2024-03-31,9,2.00
END
printf 'name,area\nSmith:Kitchen,east\nSmith,west\nJones,east\nLtd,west\n' >master.csv
cat >study.yml <<'END'
study: {name: Projects}
surveys: [{file: survey.csv, key: id, date: day, duplicates: latest}]
scales: [{name: intent, column: q1, range: [1, 7]}]
groups: [{name: area, column: area}]
customers: {file: master.csv, key: name}
ledgers: [{file: ledger.csv, key: name, document: doc, date: {column: day}, amount: {column: amount}}]
join: {key_rules: ["parent::"], window: {offset: 1d, length: 30d}}
behaviours: [purchases, purchase_days, spend]
END
for t in study unmatched matching what_if selection merged; do
    saydo-join -q study.yml --table=$t --format=csv
done
saydo-join study.yml --table=dropped --format=csv # what is warned of
# A part of a customer can be blocked alone: Other stays, its 100 are nobody's.  Smith as a whole.
sed 's/join: {/join: {block: ["Other:Intern", Smith], /' study.yml >blocked.yml
saydo-join -q blocked.yml --table=unmatched --format=csv
saydo-join -q blocked.yml --table=selection --format=csv | grep ',spend,' | cut -d, -f1-6
saydo-join -q blocked.yml --table=merged --format=csv
# No names beside pseudonyms.
echo 0123456789abcdef0123456789abcdef >secret && chmod 600 secret
saydo-join -q study.yml --pseudonymise=secret --table=merged --format=csv | cut -d, -f2-
# What another rule makes one is refused as ever: the customers Smith and smith are two.
printf 'smith:Roof,2024-01-13,10,1.00\n' >>ledger.csv
sed 's/"parent::"\]/"parent::", case]/' study.yml >case.yml
saydo-join -q case.yml
sed 's/"parent::"\]/case, "parent::"]/' study.yml >case.yml
saydo-join -q case.yml
sed 's/"parent::"\]/case, "parent::"], collisions: exclude/' study.yml >case.yml
saydo-join -q case.yml --table=ambiguous --format=csv
