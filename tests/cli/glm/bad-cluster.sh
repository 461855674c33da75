# Clusters: one only, none for a row, none of that name.
printf 'y,x,one,gap,branch,month\n1,1,a,a,n,1\n0,2,a,,n,2\n1,3,a,b,s,1\n0,4,a,b,s,2\n1,6,a,c,w,1\n0,5,a,c,w,2\n' >t.csv
run() { saydo-glm t.csv -o out.csv --formula='y ~ x' "$@"; echo "$?"; }
run --cluster=one
run --cluster=branch,one
run --cluster=gap
run --cluster=barnch
run --cluster=branch,branch
run --cluster=branch,month,x
run --cluster=branch --robust=HC3
run --cluster=branch --observed
ls
