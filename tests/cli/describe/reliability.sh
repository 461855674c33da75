# Three items of four respondents, by hand.  Variances a 5/3, b 11/12, c 11/12, covariances ab 7/6,
# ac 7/6, bc 3/4: of the sum 7/2 + 37/6 = 29/3, so alpha = 3/2 (1 - 21/58) = 111/116.  Without a:
# 2 (1 - (11/6) / (10/3)) = 9/10; a with b + c: (7/3) / sqrt(5/3 * 10/3) = 7 / sqrt(50).
printf 'a,b,c\n1,2,1\n2,2,2\n3,3,3\n4,4,3\n' >t.csv
saydo-describe t.csv --x=a --items=a,b,c --format=csv --table=reliability | cut -d, -f1-9,22
# One factor fits three items exactly: loading of a squared = r_ab r_ac / r_bc = 49/45, beyond 1, of b
# and c 9/11; ave their mean; omega = (sum loading sd)^2 / (29/3) = (1.3471506 + 2 * 0.8660254)^2 / (29/3)
# = 0.9808429, its interval and the loadings' errors by the formulas of one_factor.h in R.
saydo-describe t.csv --x=a --items=a,b,c --format=csv --table=reliability |
    awk -F, -v OFS=, '{ for (i = 11; i <= 17; i++) if ($i ~ /^[0-9]/) $i = sprintf("%.8f", $i); print }' |
    cut -d, -f2,11-22
# The row without b is left out: variances 1, 1/3, 1, covariances 1/2, 1, 1/2: alpha = 18/19.  Then a
# and c are the same.
printf 'a,b,c\n1,2,1\n2,2,2\n3,3,3\n4,NA,4\n' >incomplete.csv
saydo-describe incomplete.csv --x=a --items=a,b,c --format=csv --table=reliability | cut -d, -f1-5
