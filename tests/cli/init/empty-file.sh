: >s.csv
printf 'id,day,amount\nA,2024-01-01,1.00\n' >l.csv
saydo-init s.csv l.csv
