# y = a exp(b x) with b held at 0.1 or less: R's nls(algorithm = "port", upper = c(Inf, 0.1)).
printf 'x,y,g,w\n1,2,a,1\n1,3,a,2\n2,5,b,1\n3,4,b,1\n3,7,c,3\n4,7,c,1\n5,9,d,1\n5,6,d,2\n6,30,e,1\n7,11,e,1\n' >t.csv
saydo-curve t.csv --formula='y ~ a*exp(b*x)' --start='a=5,b=0.05' --bounds='a=0:, b=:0.1' --format=csv --table=terms | cut -d, -f4-6,10-13
saydo-curve t.csv --formula='y ~ a*exp(b*x)' --start='a=5,b=0.5' --bounds='b=:0.1'
echo "$?"
saydo-curve t.csv --formula='y ~ a*exp(b*x)' --start='a=5,b=0.5' --bounds='c=:0.1'
echo "$?"
saydo-curve t.csv --x=x --y=y --curve=power --bounds='b=1:0'
echo "$?"
saydo-curve t.csv --x=x --y=y --curve=power --bounds='b=low:1'
echo "$?"
saydo-curve t.csv --x=x --y=y --curve=power,hinge --bounds='b=0:'
