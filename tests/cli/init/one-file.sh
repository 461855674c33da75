printf 'id,q1\nA,1\n' >s.csv
saydo-init s.csv
