# Effects 0 and 2, variances 1/2: weights 2, mean 1, Q = 4; DL: tau2 = (4 - 1)/(4 - 8/4) = 3/2, standard
# error sqrt(2/2) = 1; FE: standard error 1/2, I2 = (4 - 1)/4.
printf 'yi,vi\n0,0.5\n2,0.5\n' >t.csv
saydo-pool t.csv --estimate=yi --variance=vi --method=fe,DL --format=csv | cut -d, -f1-4,12,15-19
