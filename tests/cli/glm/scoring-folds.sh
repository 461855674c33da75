# Folds follow from the seed, not from the threads; clusters stay in one fold, so that rows written
# twice say no more than once: the cross-fitted rates of twins are those of their first rows.
awk 'BEGIN { srand(4); print "id,x,y"; for (i = 0; i < 60; i++) { x = (i * 7) % 13; print "c" i "," x "," (((i * 5) % 17) + x > 14) } }' >t.csv
awk 'NR == 1 { print; next } { print; print }' t.csv >twins.csv
glm() { saydo-glm "$@" --formula='y ~ x' --family=binomial --format=csv --groups=3; }
glm t.csv --table=calibration | cut -d, -f4,5,6,7
for table in calibration roc lift diagnostics; do
    glm t.csv --table=$table --threads=1 >one
    glm t.csv --table=$table --threads=2 | cmp - one
done
glm t.csv --table=calibration --seed=2 | cmp -s - one || echo "another seed, other folds"
# As many folds as clusters: each row is predicted by all others.  R: p <- sapply(1:60, function(k)
# predict(glm(y ~ x, binomial, subset = -k), data.frame(x = x[k]), type = "response")); auc(roc(y, p))
glm t.csv --table=diagnostics --folds=60 | grep -E ',(auc|brier)_cross_fitted' | cut -d, -f4,5
glm twins.csv --table=diagnostics --folds=60 --cluster=id | grep -E ',(auc|brier)_cross_fitted' | cut -d, -f4,5
