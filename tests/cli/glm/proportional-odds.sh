# Brant's test: R's brant::brant(MASS::polr(factor(y) ~ x + z)), or glm() of y > 1, y > 2 and the
# covariance of their slopes by hand.
awk 'BEGIN { print "y,x,z"; for (i = 1; i <= 60; i++) { x = (i * 7) % 13; z = (i * 5) % 4; s = x + z + (i * 11) % 17; print (s < 12 ? 1 : s < 20 - (i % 3) * x / 2 ? 2 : 3) "," x "," z } }' >t.csv
saydo-glm t.csv --formula='y ~ x + z' --family=ordinal --format=csv --table=diagnostics | grep -E 'name|brant|vif'
# Two answers have one threshold: nothing to compare.
awk -F, 'NR == 1 || $1 > 1' t.csv >two.csv
saydo-glm two.csv --formula='y ~ x + z' --family=ordinal --format=csv --table=diagnostics | grep brant || echo none
