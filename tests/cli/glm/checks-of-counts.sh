# R: m <- glm(y ~ x + g, poisson); sum(residuals(m, "pearson")^2) / 33; AER::dispersiontest(m),
#    dispersiontest(m, 2); anova(m, update(m, . ~ . + I(predict(m)^2)), test = "LRT");
#    car::vif(m), whose GVIF of g has 2 degrees of freedom
awk 'BEGIN { print "y,x,g"; for (i = 1; i <= 37; i++) print int((i * 29) % 13 * (1 + i % 5) / 3) "," i % 7 "," substr("abc", 1 + i % 3, 1) }' >t.csv
saydo-glm t.csv --formula='y ~ x + g' --family=poisson --format=csv --table=diagnostics | cut -d, -f4,5,8,9 | grep -E 'name|vif|breusch|reset|durbin|jarque|link_test|overdisp|cameron|max_'
saydo-glm t.csv --formula='y ~ x + g' --family=poisson | grep 'all customers'
