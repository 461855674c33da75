# A logit line bends on the scale of probabilities, downwards where most say yes: second differences of
# p <- predict(glm(yes ~ x, binomial), data.frame(x = 1:5), type = "response"), averaged by
# 2 * solve(crossprod(cbind(1, 1:5, (1:5)^2)), t(cbind(1, 1:5, (1:5)^2)))[3, ]
printf 'x,yes,n\n1,1,30\n1,0,30\n2,1,40\n2,0,20\n3,1,48\n3,0,12\n4,1,53\n4,0,7\n5,1,56\n5,0,4\n' >t.csv
saydo-glm t.csv --formula='yes ~ x' --family=binomial --frequency=n --table=curvature
saydo-glm t.csv --formula='yes ~ x + I(x^2)' --family=binomial --frequency=n --format=csv --table=curvature -q
saydo-glm t.csv --formula='yes ~ C(x)' --family=binomial --frequency=n --format=csv --table=curvature -q
saydo-glm t.csv --formula='yes ~ I(x > 2)' --family=binomial --frequency=n --format=csv --table=curvature -q
