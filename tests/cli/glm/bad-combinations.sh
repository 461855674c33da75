# Options that belong to another family, or exclude each other.
printf 'retained,visits,spend,intent,segment,branch,share\n0,0,0,2,small,a,.1\n1,3,12.5,6,large,a,.5\n0,1,4,3,large,b,.2\n1,2,7.5,5,small,b,.7\n0,0,0,5,small,c,.9\n1,5,30,7,large,c,1\n1,1,8,2,large,d,.4\n0,2,3,4,small,d,0\n' >t.csv
run() { saydo-glm t.csv -o out.csv "$@"; echo "$?"; }
run --formula='visits ~ intent' --family=poisson --firth
run --formula='retained ~ intent' --family=binomial --link=probit --firth
run --formula='retained ~ intent' --family=binomial --firth --observed
run --formula='spend ~ intent' --family=tobit --robust=HC3
run --formula='visits ~ intent' --family=hurdle_poisson --robust=HC2
run --formula='visits ~ intent' --family=ordinal --robust=HC4
run --formula='retained ~ intent' --family=binomial --theta=2
run --formula='retained ~ intent' --family=binomial --limits=0:1
run --formula='retained ~ intent' --family=binomial --amount=gamma
run --formula='retained ~ intent' --family=binomial --robust=HC3 --observed
ls
