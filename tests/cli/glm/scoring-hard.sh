# Outcomes of one kind, a perfect split, fewer rows than folds and parts, no 0/1 outcome: a status each.
glm() { saydo-glm t.csv --formula='y ~ x' --format=csv "$@"; }
say() { for table in calibration roc lift; do echo "$1: $(glm --family=binomial --table=$table 2>/dev/null | tail -n +2 | awk -F, '{ print $4 " " $NF }' | sort | uniq -c | tr -s ' ' | paste -sd';')"; done; }
printf 'x,y\n1,1\n2,1\n3,1\n4,1\n' >t.csv
say one-kind
printf 'x,y\n1,0\n2,0\n3,0\n4,1\n5,1\n6,1\n' >t.csv
say split
glm --family=binomial --table=diagnostics 2>/dev/null | grep -E ',(auc|tjur|calibration_slope),'
printf 'x,y\n1,0\n2,1\n3,0\n4,1\n5,0\n' >t.csv
say few
printf 'x,y\n1,3\n2,0\n3,5\n4,1\n' >t.csv
glm --family=poisson --table=lift 2>/dev/null
glm --family=poisson --table=diagnostics 2>/dev/null | grep -E 'cox_snell|mcfadden|auc|brier' | cut -d, -f4,5
# R: l <- logLik(glm(y ~ x, poisson)); n <- logLik(glm(y ~ 1, poisson)); 1 - l / n; 1 - (l - 2) / n; 1 - exp(2 * (n - l) / 4)
glm --family=binomial --folds=1
glm --family=binomial --groups=1
