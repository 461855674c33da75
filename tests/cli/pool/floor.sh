# Effects 1, 2, 3 with variances 4: Q = 2/4, tau2 = 0. Knapp and Hartung: sqrt(1/3), the mean of three with variance 1; the floor: the normal sqrt(4/3).
printf 'yi,vi\n1,4\n2,4\n3,4\n' >t.csv
for test in z knapp_hartung knapp_hartung_floor; do
    saydo-pool t.csv --estimate=yi --variance=vi --test=$test --format=csv | cut -d, -f1-6
done
