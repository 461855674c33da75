# Variances 1/4, tau2 = 2.5 - 0.25: standard error sqrt(2.5/5), z = 3/0.7071; the same by --test=z.
printf 'yi,sei\n1,0.5\n2,0.5\n3,0.5\n4,0.5\n5,0.5\n' >t.csv
saydo-pool t.csv --estimate=yi --std-error=sei --method=DL --format=csv | cut -d, -f1-9,12
saydo-pool t.csv --estimate=yi --std-error=sei --test=z --format=csv | cut -d, -f1-9,12
