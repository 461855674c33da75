# What cannot be done says why, and writes nothing.
cp "$SAYDO_ROOT/tests/reference/subsets_data.csv" t.csv
run() { saydo-glm t.csv -o out.csv "$@"; echo "$?"; }
run --formula='y ~ x1 + x2' --subsets=1 --force=x3
run --formula='y ~ x1 + x2' --importance --force=X1
run --formula='g ~ x1 + x2' --family=ordinal --subsets=1
run --formula='g ~ x1 + x2' --family=ordinal --importance
run --formula='hit ~ x1 + x2' --family=binomial --firth --subsets=1
run --formula='hit ~ (x1 + x2 + x3 + x4 + x5)^2 + x6' --family=binomial --subsets=1
run --formula='hit ~ (x1 + x2 + x3 + x4 + x5)^2 + x6' --family=binomial --importance
run --formula='y ~ x1 + x2' --baseline=x55
run --formula='y ~ x1 + x2' --baseline='x5 +'
run --formula='count ~ x1 | x2' --family=hurdle_poisson --baseline=x5
run --formula='y ~ x1 + x2' --subsets=1 --folds=1
ls
