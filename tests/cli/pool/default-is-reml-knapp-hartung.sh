# Equal variances: the one-sample t interval, 3 -+ 2.776 sqrt(2.5/5), and tau2 = 2.5 - 0.1.
printf 'yi,vi\n1,0.1\n2,0.1\n3,0.1\n4,0.1\n5,0.1\n' >t.csv
saydo-pool t.csv --estimate=yi --variance=vi --format=csv | cut -d, -f1-9,12,20
saydo-pool t.csv --estimate=yi --variance=vi --method=reml --knapp-hartung --format=csv | cut -d, -f1-9,12,20
