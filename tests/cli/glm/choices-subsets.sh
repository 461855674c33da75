# Best subsets as R's lm() and glm() of each subset: tests/reference/subsets.csv, cases factor and
# poisson (scripts/reference/subsets.R); cross-validation has other folds and is looked at by rank.
rounded() { awk -F, -v OFS=, '{ for (i = 1; i <= NF; i++) if ($i ~ /^-?[0-9.]+(e-?[0-9]+)?$/) $i = sprintf("%.7g", $i); print }'; }
cp "$SAYDO_ROOT/tests/reference/subsets_data.csv" t.csv
saydo-glm t.csv --formula='y ~ x1 + x2 + f + x4 + g' --subsets=2 --folds=0 --format=csv --table=subsets |
    cut -d, -f4-13,14,15,18,19 | rounded
saydo-glm t.csv --formula='count ~ x1 + g + x2 + f + x1:g' --family=poisson --subsets=1 --folds=5 --format=csv \
    --table=subsets | cut -d, -f4-6,11-14,17- | awk -F, -v OFS=, 'NR > 1 { $8 = $8 >= $9 - 1e-9 ? "no less" : "less" } { print }' |
    cut -d, -f1-8,10,11 | rounded
# Forced terms are in every subset, and the sentence names the best; the order of rows does not matter.
saydo-glm t.csv --formula='y ~ x1 + x2 + x3 + f + g' --force=x3,f --subsets=1 --folds=0 --format=csv --table=subsets |
    cut -d, -f4,6 >forced.csv
cat forced.csv
{ head -n 1 t.csv; tail -n +2 t.csv | sort; } >sorted.csv
saydo-glm t.csv --formula='y ~ x1 + x2 + x3' --subsets=1 --format=csv --table=subsets | rounded >a
saydo-glm sorted.csv --formula='y ~ x1 + x2 + x3' --subsets=1 --format=csv --table=subsets --threads=2 | rounded >b
cmp a b && echo "the order of rows does not matter"
