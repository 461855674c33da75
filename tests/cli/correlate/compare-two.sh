# mpg (x) with hp (z1) and qsec (z2) of R's mtcars.  R: psych::r.test(32, cor(mpg, hp), cor(mpg,
# qsec), cor(hp, qsec)) prints t = -4.862365.  Turned round, the second has the signs turned.
t="$SAYDO_ROOT/tests/reference/correlation_data.csv"
saydo-correlate "$t" --compare=z1,z2 --y=x | sed -n 3p
saydo-correlate "$t" --compare=z2,z1 --y=x --table=comparisons --format=csv
