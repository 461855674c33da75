# Every test of r(mpg, wt) = -0.8676594 and r(mpg, hp) = -0.7761684 in R's mtcars, 0.6587479 between.
# psych::r.test prints Williams's t = -1.349164, p = 0.1877248; the others are certified in
# tests/certified/oracle_cli_test.py.
t="$SAYDO_ROOT/tests/reference/correlation_data.csv"
saydo-correlate "$t" --compare=y,z1 --y=x --comparison=all --table=comparisons
saydo-correlate "$t" --compare=y,z1 --y=x --comparison=meng --table=comparison_details
