# Two formulas on the same rows.  R: anova(lm(y ~ x), lm(y ~ x + z + w)) on the rows with w;
# anova(lm(y ~ x), lm(y ~ poly(x, 3))); AIC and BIC; Vuong by hand from dnorm(..., log = TRUE)
awk 'BEGIN { print "y,x,z,w,g"; for (i = 1; i <= 30; i++) { x = (i * 7) % 13; print x + (i * 37) % 23 / 4 "," x "," (i * 5) % 9 "," (i % 6 ? (i * 11) % 7 : "") "," substr("ab", 1 + i % 2, 1) } }' >t.csv
against() { saydo-glm t.csv --format=csv --table=comparison "$@"; }
against --formula='y ~ x + z' --against='y ~ x'
against --formula='y ~ x' --against='y ~ poly(x, 3)'
against --formula='y ~ x' --against='y ~ x + z + w'
against --formula='y ~ x' --against='y ~ z'
against --formula='y ~ x + z' --against='y ~ I(x + z) + I(x - z)'
against --formula='y ~ x + z' --against='y ~ x' --robust=HC3 --by=g
saydo-glm t.csv --formula='y ~ x + z' --against='y ~ x' | grep 'all customers'
against --formula='y ~ x' --against='log(y) ~ x'
echo "$?"
against --formula='y ~ x' --against='y ~ zz'
echo "$?"
against --formula='y ~ x' --against='y ~ x | z'
echo "$?"
