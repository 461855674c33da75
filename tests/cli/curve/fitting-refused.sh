printf 'x,y,g,w\n1,2,a,1\n1,3,a,2\n2,5,b,1\n3,4,b,1\n3,7,c,3\n4,7,c,1\n5,9,d,1\n5,6,d,2\n6,30,e,1\n7,11,e,1\n' >t.csv
for options in '--robust=HC1 --cluster=g' '--loss=tukey --robust=HC2' '--loss=huber --interval=profile' \
  '--weights=w --interval=profile' --limits=basic '--interval=bootstrap --replicates=9' --cluster=h --robust=HC9; do
  saydo-curve t.csv --x=x --y=y --curve=linear $options
  echo "$?"
done
saydo-curve t.csv --formula='y ~ a+b*x' --start='a=1,b=1' --band=bootstrap
