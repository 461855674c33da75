# Families, links and kinds of errors that there are not.
printf 'retained,visits,spend,intent,segment,branch,share\n0,0,0,2,small,a,.1\n1,3,12.5,6,large,a,.5\n0,1,4,3,large,b,.2\n1,2,7.5,5,small,b,.7\n0,0,0,5,small,c,.9\n1,5,30,7,large,c,1\n1,1,8,2,large,d,.4\n0,2,3,4,small,d,0\n' >t.csv
run() { saydo-glm t.csv -o out.csv "$@"; echo "$?"; }
run --formula='retained ~ intent' --family=binomal
run --formula='retained ~ intent' --family=logistic
run --formula='retained ~ intent' --family=
run --formula='retained ~ intent' --family=binomial --link=logitt
run --formula='retained ~ intent' --family=binomial --link=inverse
run --formula='visits ~ intent' --family=poisson --link=probit
run --formula='visits ~ intent' --family=ordinal --link=log
run --formula='retained ~ intent' --robust=hc3
run --formula='retained ~ intent' --robust=HC5
run --formula='retained ~ intent' --robust
run --formula='spend ~ intent' --family=two_part --amount=weibull
run --formula='spend ~ intent' --family=tobit --limits=0
run --formula='spend ~ intent' --family=tobit --limits=10:0
run --formula='spend ~ intent' --family=tobit --limits=a:b
run --formula='spend ~ intent' --family=tobit --limits=:
run --formula='visits ~ intent' --family=negative_binomial --theta=0
run --formula='visits ~ intent' --family=negative_binomial --theta=-1
ls
