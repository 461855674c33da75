# A file whose byte order mark says UTF-16 is read by it; no encoding is declared for it.
printf 'id,day,intent\n' >u
for i in 1 2 3 4 5 6 7 8; do printf 'A%d,2024-01-0%d,%d\n' $i $i $((i % 7 + 1)); done >>u
{ printf '\377\376' && iconv -f UTF-8 -t UTF-16LE u; } >survey.csv
printf 'id,day,amount\nA1,2024-02-02,1.00\nA2,2024-02-03,2.00\nA3,2024-02-04,2.00\n' >ledger.csv
saydo-init survey.csv ledger.csv -o study.yml
grep -n 'encoding' study.yml
saydo-join study.yml --table=study --format=csv -q | head -n 2
