# The same replicates for any number of threads; limits beside the estimate.
printf 'x,y,g,w\n1,2,a,1\n1,3,a,2\n2,5,b,1\n3,4,b,1\n3,7,c,3\n4,7,c,1\n5,9,d,1\n5,6,d,2\n6,30,e,1\n7,11,e,1\n' >t.csv
for threads in 1 2; do
  saydo-curve t.csv --x=x --y=y --curve=linear,power --by=g --interval=bootstrap --band=bootstrap --replicates=99 --grid=3 --threads=$threads --format=csv --table=terms >terms$threads.csv
  saydo-curve t.csv --x=x --y=y --curve=linear,power --by=g --interval=bootstrap --band=bootstrap --replicates=99 --grid=3 --threads=$threads --format=csv --table=predictions >bands$threads.csv
done
cmp terms1.csv terms2.csv && cmp bands1.csv bands2.csv && echo same
awk -F, 'NR > 1 && $11 != "" && !($11 < $6 && $6 < $12)' terms1.csv
