# Levels a (1 and 3: mean 2) and b (5), and all: weights are equal, mean 3.
printf 'g,yi,vi\na,1,1\na,3,1\nb,5,1\n' >t.csv
saydo-pool t.csv --estimate=yi --variance=vi --method=FE --by=g --format=csv | cut -d, -f1-5
