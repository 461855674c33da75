# Terms that are part of an interaction stay.  R: drop1(lm(y ~ x * g + z), test = "F");
# waldtest(m, . ~ . - z, vcov = vcovHC(m, "HC3")); drop1(glm(hit ~ x * g + z, binomial), test =
# "LRT"); of the counts 2 * (logLik(zeroinfl(n ~ x | z)) - logLik(...)) without x, without z
awk 'BEGIN { print "y,hit,n,x,z,g,firm"; for (i = 1; i <= 48; i++) { x = (i * 7) % 13; z = (i * 5) % 9; e = (i * 37) % 23; print x + e / 2 + (i % 3 == 1) * x / 2 "," (x + e > 16) "," (i % 4 ? int(x * e / 60) : 0) "," x "," z "," substr("abc", 1 + i % 3, 1) "," i % 8 } }' >t.csv
tests() { saydo-glm t.csv --format=csv --table=tests "$@" | cut -d, -f2,4-; }
tests --formula='y ~ x * g + z'
tests --formula='y ~ x * g + z' --robust=HC3
tests --formula='y ~ x * g + z' --cluster=firm
tests --formula='hit ~ x * g + z' --family=binomial
tests --formula='n ~ x | z' --family=zero_inflated_poisson
