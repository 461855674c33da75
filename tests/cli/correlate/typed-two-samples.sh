# Printed: .4 of 100 against .5 of 100: z -0.8751012342, p 0.3815188256; Zou (2007), p. 406: .49 of
# 145 against .36 of 87: [-.087, .359].  Holm of p .3815 and .2475: twice the smaller for both.
printf "%s\n" n1,r1,n2,r2 100,.4,100,.5 145,.49,87,.36 >t.csv
saydo-correlate t.csv --typed --format=csv
