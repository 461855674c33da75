# The number after the largest one is not reckoned.
printf 'id,day,n\nA1,2024-01-10,9223372036854775807\nA2,2024-01-11,5\nA3,2024-01-12,6\n' >survey.csv
printf 'id,day,amount\nA1,2024-01-02,1.00\nA2,2024-01-03,2.00\nA3,2024-01-04,2.00\n' >ledger.csv
saydo-init survey.csv ledger.csv | sed -n 's/^    key: \([^ ]*\).*/\1/p'
