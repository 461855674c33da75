# R: m <- lm(y ~ x); hatvalues(m), rstandard(m), cooks.distance(m); then lm(y ~ x, subset = y < 60)
printf 'y,x\n3,1\n5,2\n4,3\n8,4\n9,5\n7,6\n11,7\n12,8\n60,9\n10,30\n' >t.csv
saydo-glm t.csv --formula='y ~ x' --influence=3 --format=csv --table=influence
saydo-glm t.csv --formula='y ~ x' --without-top=0.1 --format=csv --table=without_top
awk -F, 'NR == 1 || $1 < 60' t.csv >less.csv
saydo-glm less.csv --formula='y ~ x' --format=csv | cut -d, -f5-7
saydo-glm t.csv --formula='y > 8 ~ x' --family=binomial --without-top=0.1
echo "$?"
