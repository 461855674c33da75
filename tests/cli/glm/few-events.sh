# What rests on few events: one of 12; 4 in 12 for two coefficients, 2 each; counts with 3 rows above
# zero.  And in the group with the fewest, how many more.
printf 'y,v,x,z,g\n0,0,1,2,a\n0,1,2,1,a\n1,0,3,5,a\n0,0,4,3,a\n1,2,5,2,b\n0,0,6,4,b\n0,0,7,1,b\n1,0,8,3,b\n0,3,9,6,c\n0,0,10,2,c\n1,0,11,1,c\n0,0,12,5,c\n' >t.csv
awk -F, 'NR == 1 || NR == 6 {print} NR > 1 && NR != 6 {sub(/^./, "0"); print}' t.csv >one.csv
saydo-glm one.csv --formula='y ~ x' --family=binomial -o out.csv
saydo-glm t.csv --formula='y ~ x + z' --family=binomial -o out2.csv
saydo-glm t.csv --formula='y ~ x' --family=binomial --firth -o out3.csv
saydo-glm t.csv --formula='v ~ x' --family=poisson -o out4.csv
saydo-glm t.csv --formula='v ~ x' --family=poisson --by=g --min-n=2 -o out5.csv
saydo-glm t.csv --formula='v ~ x' -o out6.csv
