# Five customers, all values 1 to 5: sums of d^2 of 2, 4 and 8, so r(a, y) = 0.9, r(b, y) = 0.8 and 0.6
# between a and b.  |R| = 1 - .81 - .64 - .36 + 2 * .432 = .054; Williams: t = .1 sqrt(4 * 1.6 /
# (2 * 4 / 2 * .054 + .7225 * .4^3)) = 0.494.
printf "%s\n" a,b,y 1,2,1 3,1,2 2,3,3 4,5,4 5,4,5 >t.csv
saydo-correlate t.csv --compare=a,b --y=y | sed -n 3p
