# One margin, one row below min_n, one r of 1, one n of 3, one without n: two are pooled.
printf 'segment,x,y,method,n,estimate,status\na,s,d,pearson,53,0.2,ok\nb,s,d,pearson,53,0.2,ok\nc,s,d,pearson,9,0.9,below min_n\nd,s,d,pearson,40,1,ok\ne,s,d,pearson,3,0.5,ok\nf,s,d,pearson,,0.5,ok\n(all),s,d,pearson,106,0.2,ok\n' >t.csv
saydo-pool t.csv --r=estimate --n=n --method=FE --format=csv | cut -d, -f1-7
saydo-pool t.csv --r=estimate --n=n -q --format=csv --table=effects | cut -d, -f4-6,12
