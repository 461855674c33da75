# b is a but for one answer: r = 0.9891; the squared loading of a would be r_ab r_ac / r_bc = 1.064,
# beyond 1.  One of three constant, and two items, are words.
printf 'a,b,c\n1,1,3\n2,2,1\n3,3,4\n4,4,2\n5,5,6\n6,7,4\n7,7,7\n' >t.csv
saydo-describe t.csv --x=a --items=a,b,c --format=csv --table=reliability | cut -d, -f1-5,21,22
printf 'a,b,c\n1,1,3\n2,1,3\n3,1,4\n4,1,2\n' >constant.csv
saydo-describe constant.csv --x=a --items=a,b,c --format=csv --table=reliability | cut -d, -f1-5,21,22
printf 'a,b\n1,3\n2,1\n3,4\n4,2\n,\n' >two.csv
saydo-describe two.csv --x=a --items=a,b --format=csv --table=reliability | cut -d, -f1-5,10,21,22
