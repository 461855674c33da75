# Three items of four respondents, by hand.  Variances a 5/3, b 11/12, c 11/12, covariances ab 7/6,
# ac 7/6, bc 3/4: of the sum 7/2 + 37/6 = 29/3, so alpha = 3/2 (1 - 21/58) = 111/116.  Without a:
# 2 (1 - (11/6) / (10/3)) = 9/10; a with b + c: (7/3) / sqrt(5/3 * 10/3) = 7 / sqrt(50).
printf 'a,b,c\n1,2,1\n2,2,2\n3,3,3\n4,4,3\n' >t.csv
saydo-describe t.csv --x=a --items=a,b,c --format=csv --table=reliability
# The row without b is left out: variances 1, 1/3, 1, covariances 1/2, 1, 1/2: alpha = 18/19.
printf 'a,b,c\n1,2,1\n2,2,2\n3,3,3\n4,NA,4\n' >incomplete.csv
saydo-describe incomplete.csv --x=a --items=a,b,c --format=csv --table=reliability | cut -d, -f1-5
