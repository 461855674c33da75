# A response that the family cannot have: the first row is named by its line of the file.
printf 'retained,visits,spend,intent,segment,branch,share\n0,0,0,2,small,a,.1\n1,3,12.5,6,large,a,.5\n0,1,4,3,large,b,.2\n1,2,7.5,5,small,b,.7\n0,0,0,5,small,c,.9\n1,5,30,7,large,c,1\n1,1,8,2,large,d,.4\n0,2,3,4,small,d,0\n' >t.csv
run() { saydo-glm t.csv -o out.csv "$@"; echo "$?"; }
run --formula='visits ~ intent' --family=binomial
run --formula='segment ~ intent'
run --formula='branch ~ intent' --family=binomial
run --formula='I(visits - 1) ~ intent' --family=poisson
run --formula='I(visits - 1) ~ intent' --family=quasipoisson
run --formula='I(visits - 1) ~ intent' --family=negative_binomial
run --formula='I(visits / 2) ~ intent' --family=hurdle_poisson
run --formula='I(visits / 2) ~ intent' --family=zero_inflated_negative_binomial
run --formula='spend ~ intent' --family=gamma
run --formula='spend ~ intent' --family=inverse_gaussian
run --formula='I(2 * share) ~ intent' --family=fractional
run --formula='I(spend - 5) ~ intent' --family=two_part
run --formula='segment ~ intent' --family=tobit
run --formula='segment ~ intent' --family=poisson
run --formula='branch ~ intent' --family=quasibinomial
ls
