# Weights: what is allowed stands in the message.
printf 'y,x,minus,zero,half,text,gap\n1,1,1,0,1,a,1\n0,2,-1,1,2,b,1\n1,3,1,1,1.5,c,\n0,4,1,1,2,d,1\n1,5,1,1,1,e,1\n' >t.csv
run() { saydo-glm t.csv -o out.csv --formula='y ~ x' "$@"; echo "$?"; }
run --prior-weights=minus
run --weights=minus
run --frequency=minus
run --frequency=half
run --prior-weights=text
run --weights=text
run --prior-weights=gap
run --weights=gap
run --prior-weights=wieght
run --prior-weights=zero --weights=half
run --prior-weights=zero --frequency=zero
run --family=tobit --prior-weights=half
ls
