# Past behaviour alone, say alone, both, on the same rows.  R, with d the table and f a factor:
#   b <- glm(hit ~ x5, binomial, d); s <- glm(hit ~ x1 + f, binomial, d); m <- glm(hit ~ x1 + f + x5, binomial, d)
#   anova(b, m, test = "LRT"); pROC::roc.test(roc(d$hit, fitted(m)), roc(d$hit, fitted(b)))
#   b <- lm(y ~ x5, d); m <- lm(y ~ x1 + f + g + x5, d); anova(b, m)
#   lmtest::waldtest(b, m, vcov = sandwich::vcovHC(m, "HC3"))
rounded() { awk -F, -v OFS=, '{ for (i = 1; i <= NF; i++) if ($i ~ /^-?[0-9.]+(e-?[0-9]+)?$/) $i = sprintf("%.7g", $i); print }'; }
sed '1s/x5/baseline_y/' "$SAYDO_ROOT/tests/reference/subsets_data.csv" >t.csv
saydo-glm t.csv --formula='hit ~ x1 + f' --family=binomial --baseline=baseline_y --format=csv --table=baseline | cut -d, -f4- | rounded
saydo-glm t.csv --formula='y ~ x1 + f + g' --format=csv --table=baseline | cut -d, -f4-12,20- | rounded
saydo-glm t.csv --formula='y ~ x1 + f + g' --robust=HC3 --format=csv --table=baseline | cut -d, -f4,20- | rounded
# The formula may hold the baseline already; --force names controls, which all three have.
saydo-glm t.csv --formula='y ~ x1 + f + g + baseline_y' --force=g --format=csv --table=baseline | cut -d, -f4-6 | rounded
saydo-glm t.csv --formula='y ~ x1 * baseline_y' --format=csv --table=baseline | cut -d, -f4-6 | rounded
