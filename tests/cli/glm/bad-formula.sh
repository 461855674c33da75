# What no model can be made of is told with its place in the formula, and nothing is written.
printf 'retained,visits,spend,intent,segment,branch,share\n0,0,0,2,small,a,.1\n1,3,12.5,6,large,a,.5\n0,1,4,3,large,b,.2\n1,2,7.5,5,small,b,.7\n0,0,0,5,small,c,.9\n1,5,30,7,large,c,1\n1,1,8,2,large,d,.4\n0,2,3,4,small,d,0\n' >t.csv
run() { saydo-glm t.csv -o out.csv "$@"; echo "$?"; }
run --formula='retained ~ intnt + segment'
run --formula='retianed ~ intent'
run --formula='retained ~ intent + sqr(spend)'
run --formula='retained ~ intent +'
run --formula='retained ~ (intent + segment'
run --formula='retained ~ log(segment)'
run --formula='retained ~ relevel(segment, ref = "smal")'
run --formula='retained ~ C(spend + 1'
run --formula='~ intent'
run --formula='intent'
run --formula=''
run --formula='   '
run
run --formula='visits ~ intent | segment' --family=poisson
run --formula='visits ~ intent | ' --family=hurdle_poisson
run --formula='visits ~ intent | sgment' --family=hurdle_poisson
run --formula='retained ~ intent ~ segment'
run --formula='log(spend) ~ intent'
run --formula='retained ~ log(intent - 4)'
ls
