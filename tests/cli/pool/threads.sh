# The same bytes for any number of threads.
for i in 1 2 3 4 5 6 7 8 9; do printf 's%d,0.%d,0.1\ns%d,0.5,0.2\ns%d,0.1%d,0.05\n' $i $i $i $i $i; done | (echo s,yi,vi; cat) >t.csv
saydo-pool t.csv --estimate=yi --variance=vi --by=s --threads=1 --leave-one-out --format=json >one
saydo-pool t.csv --estimate=yi --variance=vi --by=s --threads=2 --leave-one-out --format=json >two
cmp one two && wc -l <one | tr -d ' '
