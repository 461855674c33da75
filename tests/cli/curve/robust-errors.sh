# R: m <- lm(y ~ x, d); sqrt(diag(sandwich::vcovHC(m, "HC3"))); sqrt(diag(sandwich::vcovCL(m, ~g)))
printf 'x,y,g,w\n1,2,a,1\n1,3,a,2\n2,5,b,1\n3,4,b,1\n3,7,c,3\n4,7,c,1\n5,9,d,1\n5,6,d,2\n6,30,e,1\n7,11,e,1\n' >t.csv
for option in --robust=HC3 --cluster=g; do
  saydo-curve t.csv --x=x --y=y --curve=linear --replicates=0 $option --format=csv --table=terms | cut -d, -f4-8
done
