# Three points carry no more than three decided values; x of 0 is within the domain of weibull,
# and moved by 1 for the powers.
printf 'x,y\n0,1\n0,2\n1,5\n1,4\n2,9\n2,8\n2,9\n' >t.csv
saydo-curve t.csv --x=x --y=y --format=csv --table=models --curve=exponential_offset,weibull,richards,three_zone,step,natural_spline,fractional_polynomial1,fractional_polynomial2,isotonic |
    cut -d, -f3-5,17
