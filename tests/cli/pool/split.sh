# Curves' terms are pooled apart: a 2, b 20; not with --split=none: 11.
printf 'x,y,curve,term,estimate,std_error,status\ni,s,power,a,1,1,converged\ni,s,power,b,10,1,converged\ni,s,power,a,3,1,converged\ni,s,power,b,30,1,converged\ni,s,power,b,99,1,iteration limit\n' >t.csv
saydo-pool t.csv --estimate=estimate --std-error=std_error --method=FE --format=csv | cut -d, -f1-7
saydo-pool t.csv --estimate=estimate --std-error=std_error --method=FE --split=none -q --format=csv | cut -d, -f1-3
