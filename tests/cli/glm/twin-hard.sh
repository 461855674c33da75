# Data that give no comparison: a status and a word each.
printf 'x,z,say,act,g\n1,1,2,0,a\n2,3,2,0,a\n3,2,4,0,a\n4,4,3,0,b\n5,1,5,0,b\n6,7,6,0,b\n7,2,6,0,c\n' >h.csv
run() { saydo-glm h.csv --format=csv --table=twin "$@" | cut -d, -f9,10,13,16-; }
run --formula='say ~ x' --twin=act --twin-family=poisson # nobody buys
run --formula='say ~ x * g' --twin=z                     # one customer of level c
run --formula='say ~ x * g' --twin=z --robust=HC1
run --formula='say ~ x' --twin='I(2 * say)'              # the same twice
run --formula='say ~ 1' --twin=z                         # no terms
run --formula="say ~ x + I(x^2) + I(x^3)" --twin=z --cluster=g -q # three clusters, three terms
