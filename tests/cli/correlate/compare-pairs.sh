# r(mpg, wt) with r(hp, qsec): no variable shared; psych::r.test prints z = -1.618584, p = 0.1055367.
# r(mpg, wt) with r(mpg, hp): mpg is shared, Williams's t as in compare-all-tests.
t="$SAYDO_ROOT/tests/reference/correlation_data.csv"
saydo-correlate "$t" --compare=x:y,z1:z2 | sed -n 3p
saydo-correlate "$t" --compare=x:y,z1:z2 --table=comparison_details --format=csv
saydo-correlate "$t" --compare=x:y,x:z1 --table=comparisons --format=csv
