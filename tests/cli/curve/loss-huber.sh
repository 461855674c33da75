# R: summary(MASS::rlm(y ~ x, d, k = 1.345, scale.est = "MAD", maxit = 1000, acc = 1e-12))
printf 'x,y,g,w\n1,2,a,1\n1,3,a,2\n2,5,b,1\n3,4,b,1\n3,7,c,3\n4,7,c,1\n5,9,d,1\n5,6,d,2\n6,30,e,1\n7,11,e,1\n' >t.csv
saydo-curve t.csv --x=x --y=y --curve=linear --replicates=0 --loss=huber --format=csv --table=terms | cut -d, -f4-6,13
saydo-curve t.csv --formula='y ~ a + b*x' --start='a=0,b=1' --loss=huber --format=csv --table=models | cut -d, -f4-11,17
