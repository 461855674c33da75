# The spread grows with x, and z2 all but repeats z.
# R: m <- lm(y ~ x + z + z2); car::vif(m); lmtest::bptest(m), resettest(m), dwtest(m);
#    max(hatvalues(m)), max(cooks.distance(m))
awk 'BEGIN { print "y,x,z,z2"; for (i = 1; i <= 40; i++) { z = (i * 7) % 11; print 2 + i + ((i * 37) % 17 - 8) * i / 4 "," i "," z "," z + ((i * 5) % 3) / 10 } }' >t.csv
saydo-glm t.csv --formula='y ~ x + z + z2' --format=csv --table=diagnostics | cut -d, -f4,5,8,9 | grep -E 'name|vif|breusch|reset|durbin|jarque|link_test|overdisp|cameron|max_'
saydo-glm t.csv --formula='y ~ x + z + z2' | grep 'all customers'
# Errors that take account of it are not warned of.
saydo-glm t.csv --formula='y ~ x' --robust=HC3 | grep 'all customers' || echo 'nothing is wrong'
