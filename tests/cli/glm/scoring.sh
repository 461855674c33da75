# One regressor of two values: fitted probabilities are the two rates, 2 of 10 and 7 of 10.
# By hand: AUC (7 * 8 + (7 * 3 + 2 * 8) / 2) / 99 = 0.752525; Brier (10 * .2 * .8 + 10 * .7 * .3) / 20 = 0.185,
# its uncertainty .45 * .55 = .2475, resolution .25^2 = .0625, reliability 0; Tjur .0625 / .2475 = 0.252525;
# McFadden 1 - (2 log .2 + 8 log .8 + 7 log .7 + 3 log .3) / (9 log .45 + 11 log .55) = 0.192556.
# R: library(pROC); x <- rep(0:1, each = 10); y <- c(rep(1:0, c(2, 8)), rep(1:0, c(7, 3)))
#    ci.auc(roc(y, ave(y, x)))  # 0.553033 to 0.952018
# No degrees of freedom are left for Hosmer and Lemeshow's test: it has no row.
awk 'BEGIN { print "x,y"; for (i = 0; i < 20; i++) print int(i / 10) "," (i < 2 || (i >= 10 && i < 17)) }' >t.csv
glm() { saydo-glm "$@" --formula='y ~ x' --family=binomial --format=csv --groups=2 --folds=0 2>/dev/null; }
# Figures are shown to 9 digits: rounding may differ between ways to the same figure.
round() { awk -F, -v OFS=, 'NR > 1 { for (i = 1; i <= NF; i++) if ($i ~ /^-?[0-9.]+(e-?[0-9]+)?$/) { $i = sprintf("%.9g", $i); if ($i + 0 < 1e-12 && $i + 0 > -1e-12) $i = 0 } } { print }'; }
glm t.csv --table=diagnostics | cut -d, -f4-8 | sed -n '1p; /^mcfadden,/,/^calibration_error/p' | round
glm t.csv --table=calibration | round
glm t.csv --table=lift | round
glm t.csv --table=roc | round
# Frequencies are rows written so often.
printf 'x,y,n\n0,1,2\n0,0,8\n1,1,7\n1,0,3\n' >f.csv
for table in calibration lift roc; do
    glm t.csv --table=$table | round >rows
    glm f.csv --table=$table --frequency=n | round | cmp - rows
done
# Trials of a share are frequencies too.
printf 'x,y,n\n0,0.2,10\n1,0.7,10\n' >s.csv
for table in calibration lift roc; do
    glm t.csv --table=$table | round >rows
    glm s.csv --table=$table --prior-weights=n | round | cmp - rows
done
