# R: d <- mtcars[1:10, ]; x <- resid(lm(wt ~ hp, d)); cor(x, resid(lm(mpg ~ hp, d))); cor(x, d$mpg)
# gives -0.406499 and -0.1823639; t = r sqrt(7 / (1 - r^2)).
printf "%s\n" x,y,z 2.62,21,110 2.875,21,110 2.32,22.8,93 3.215,21.4,110 3.44,18.7,175 3.46,18.1,105 \
    3.57,14.3,245 3.19,24.4,62 3.15,22.8,95 3.44,19.2,123 >t.csv
saydo-correlate t.csv --x=x --y=y --method=pearson --control=z --table=partial --format=csv
