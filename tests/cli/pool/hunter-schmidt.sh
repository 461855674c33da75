# Mean .3, variance .01, error (1 - .09)^2/100, share .8281; with reliabilities .81 and .64 all over .72.
printf 'r,n,rxx,ryy\n0.2,101,0.81,0.64\n0.4,101,0.81,0.64\n' >t.csv
saydo-pool t.csv --r=r --n=n --reliability-x=rxx --reliability-y=ryy --format=csv --table=hunter_schmidt | cut -d, -f1-4,8-10
