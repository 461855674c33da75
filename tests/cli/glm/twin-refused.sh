# What --twin and --centre cannot do.
printf 'x,say,act,g\n1,2,0,a\n2,2,1,a\n3,4,0,a\n4,3,2,b\n5,5,1,b\n6,5,3,b\n' >t.csv
for how in --twin=ct --twin=x --twin= '--twin=act ~ x' '--twin=act --twin-family=poison' '--twin=act --twin-family=poisson --twin-link=logit' --twin-family=poisson --twin-link=log \
  '--twin=act --twin-family=gamma' '--twin=act --twin-family=ordinal --robust=HC3'; do
  case $how in '--twin=act ~ x') saydo-glm t.csv --formula='say ~ x' "$how" ;; *) saydo-glm t.csv --formula='say ~ x' $how ;; esac
  echo "$?"
done
saydo-glm t.csv --formula='say ~ .' --twin=act
echo "$?"
for centre in g y act; do
  saydo-glm t.csv --formula='say ~ x * g' --centre=$centre
  echo "$?"
done
