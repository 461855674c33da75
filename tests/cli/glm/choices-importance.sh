# As R from the definitions: tests/reference/subsets.csv, cases importance_forced and
# importance_binomial (scripts/reference/subsets.R).
rounded() { awk -F, -v OFS=, '{ for (i = 1; i <= NF; i++) if ($i ~ /^-?[0-9.]+(e-?[0-9]+)?$/) $i = sprintf("%.7g", $i); print }'; }
cp "$SAYDO_ROOT/tests/reference/subsets_data.csv" t.csv
saydo-glm t.csv --formula='y ~ x1 + x2 + x4 + f + x3 + g' --force=x3,g --importance --format=csv \
    --table=importance | cut -d, -f4-8,11 | rounded
saydo-glm t.csv --formula='hit ~ x1 + x2 + f + g' --family=binomial --importance --format=csv --table=importance |
    cut -d, -f4-8,11 | rounded
# Limits of 200 samples hold the estimate of the strongest term, on one thread as on two.
for threads in 1 2; do
    saydo-glm t.csv --formula='y ~ x1 + x2 + f' --importance --replicates=200 --threads=$threads --format=csv --table=importance >limits-$threads
done
cmp limits-1 limits-2
awk -F, '$4 == "lmg" && $5 == "x1" { print ($9 < $7 && $7 < $10) ? "within" : "outside" }' limits-1
